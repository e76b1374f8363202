//! A reader writes to the newsroom.

use super::unasked;
use crate::services::Site;
use crate::{
    domain::contact::{Faults, Message},
    storage::{
        StorageError,
        mails::{self, Draft},
    },
};
use std::net::IpAddr;

/// Why a message was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// Something in it is wrong.
    #[error("the message is not complete")]
    Faults(Faults),
    /// It was a robot, most likely: a field that people don't see was filled in.
    #[error("the message could not be taken")]
    Robot,
    /// Too many from there.
    #[error("{}", unasked::TOO_MANY)]
    TooMany,
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Puts a reader's message into the outbox. The same message twice within an
/// hour (a doubled click, a form sent again) is one mail.
pub async fn send(site: &Site, message: &Message, trap: &str, address: Option<IpAddr>) -> Result<(), ContactError> {
    if !trap.is_empty() {
        return Err(ContactError::Robot);
    }
    let faults = message.faults();
    if !faults.none() {
        return Err(ContactError::Faults(faults));
    }
    if !unasked::allowed(site, address) {
        return Err(ContactError::TooMany);
    }
    let now = site.now();
    let (name, email) = (message.name.trim(), message.email.trim());
    let subject = match message.subject.trim() {
        "" => "A message from a reader",
        subject => subject,
    };
    let hour = now.0.div_euclid(3_600_000);
    let draft = Draft {
        recipient: site.config.mail.newsroom.clone(),
        reply_to: Some(email.to_owned()),
        subject: subject.to_owned(),
        body: format!("{name} <{email}> wrote through the Contact form:\n\n{}\n", message.text.trim()),
        ticket: Some(site.secrets.sign("contact", &format!("{hour}\n{name}\n{email}\n{subject}\n{}", message.text))),
        stop: None,
        urgent: false,
    };
    Ok(mails::put(&site.db, &draft, now).await?)
}
