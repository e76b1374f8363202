//! What is looked for in a comment before it is stored: rules, Bayes, Akismet, proof of work.

pub mod akismet;
pub mod bayes;
pub mod proof_of_work;
pub mod rules;
pub mod try_rules;
