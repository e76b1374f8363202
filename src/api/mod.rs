//! Server functions: only those that an island calls. Identify, delegate, answer.
//!
//! Each is a public endpoint; `http` refuses unsafe requests from elsewhere
//! before they come here, and says who makes the request. Plain forms have their own
//! handlers there.

mod comments;
mod contact;
mod newsletter;

pub use comments::{Posted, Recommended, Welcome, begin_reply, post_comment, preview_comment, recommend};
pub use contact::{Receipt, send_message};
pub use newsletter::{SignedUp, begin_sign_up, sign_up};
