//! How mails leave: transport, outbox, refusals, DNS; nothing here knows of newsletters.

pub mod contact;
pub(super) mod dns;
pub(super) mod outbox;
pub mod refusal;
pub(super) mod smtp;
pub mod transport;
pub mod unasked;

pub use transport::*;
