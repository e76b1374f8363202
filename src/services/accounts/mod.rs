//! People and what they may do: signing in, passwords, who makes a request, what is stored of a person.

pub mod passwords;
pub mod privacy;
pub mod sign_in;
pub mod visitors;

pub use sign_in::*;
