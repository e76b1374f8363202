//! How many mails strangers can cause: links for signing in, confirmations, messages to the
//! newsroom. Nobody's mailbox is filled from here, and no provider takes the site for a source of
//! spam.

use crate::domain::time::Timestamp;
use crate::services::{Site, site::ip::network};
use std::net::IpAddr;

/// So many an hour from one network: an office of readers stays below it.
const OF_NETWORK: u32 = 20;

/// Counts a mail that somebody asks for who is not known; answers whether it may go.
pub fn allowed(site: &Site, address: Option<IpAddr>) -> bool {
    let of_network = site.pace.count(&format!("unasked {}", network(address)), Timestamp::HOUR, site.now());
    // What one network asks for beyond its share is not taken from the others.
    of_network <= OF_NETWORK && in_total(site)
}

/// Counts a mail of somebody whose network was counted already; answers whether it may go.
pub fn in_total(site: &Site) -> bool {
    site.pace.count("unasked", Timestamp::HOUR, site.now()) <= site.config.mail.unasked_per_hour
}

/// What is said to somebody who asked for too many.
pub const TOO_MANY: &str = "Too many mails have been asked for in the last hour. Please try again later.";
