//! The Contact form.

use crate::domain::contact::Faults;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Postcard;

/// What became of a message to the newsroom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Receipt {
    /// It is in the outbox.
    Sent,
    /// Something in it is wrong.
    Faults(Faults),
    /// It could not be taken now; nothing of it was kept.
    Unavailable,
}

/// Sends a message to the newsroom. `website` is a field that people don't see.
#[server(endpoint = "contact", input = Postcard, output = Postcard)]
pub async fn send_message(
    name: String,
    email: String,
    subject: String,
    text: String,
    website: String,
) -> Result<Receipt, ServerFnError> {
    use crate::{
        domain::contact::Message,
        services::{accounts::visitors::Visitor, mail::contact},
    };
    let site = expect_context::<crate::services::Site>();
    let message = Message { name, email, subject, text };
    Ok(match contact::send(&site, &message, &website, expect_context::<Visitor>().writer.address).await {
        Ok(()) => Receipt::Sent,
        Err(contact::ContactError::Faults(faults)) => Receipt::Faults(faults),
        Err(error) => {
            tracing::warn!(%error, "a message was not taken");
            Receipt::Unavailable
        }
    })
}
