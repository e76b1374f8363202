//! What readers send by plain forms: 303 when done, 422 with the form and the
//! text still in it. Islands call server functions; both call the same services.

use super::{
    answer::{Answer, nothing, private, see, shared},
    readers::keep,
    visitor::Who,
};
use crate::{
    domain::{
        change::Part,
        contact::{Faults, Message},
    },
    pages::{
        self,
        contact::State as Form,
        status::{Matter, page as status_page},
    },
    services::{
        Site,
        articles::pages::Found,
        mail::contact::{self, ContactError},
        site::frame::front,
    },
};
use axum::{
    extract::{FromRequest, RawForm, Request, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, de::DeserializeOwned};

/// The page that the editors keep for the form.
async fn contact_page(site: &Site, uri: &Uri, status: StatusCode, form: Form) -> Answer {
    let slug = "contact"
        .parse()
        .map_err(|e: crate::domain::slug::SlugError| crate::services::StorageError::Stored(e.to_string()))?;
    let Found::Here(page, _) = crate::services::articles::pages::find(site, &slug).await? else {
        return nothing(site, uri).await;
    };
    let front = front(site).await?;
    // Only what was not sent holds nothing of a reader's.
    let fresh = matches!(&form, Form::Form(message, faults) if *message == Message::default() && faults.none());
    let html = pages::contact::page(site, &front, &page, form);
    let parts = vec![Part::Page(page.id)];
    Ok(if fresh { shared(html, keep(&front, parts, None)) } else { private(status, html) })
}

/// `GET /contact`
pub async fn contact(State(site): State<Site>, uri: Uri) -> Answer {
    contact_page(&site, &uri, StatusCode::OK, Form::Form(Message::default(), Faults::default())).await
}

/// `GET /contact/sent`
pub async fn contact_sent(State(site): State<Site>, uri: Uri) -> Answer {
    contact_page(&site, &uri, StatusCode::OK, Form::Sent).await
}

/// The fields of the Contact form; those that are missing count as empty.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ContactFields {
    name: String,
    email: String,
    subject: String,
    text: String,
    website: String,
}

/// `POST /contact`
pub async fn send_contact(
    State(site): State<Site>,
    who: Who,
    uri: Uri,
    Posted(fields): Posted<ContactFields>,
) -> Answer {
    // Browsers send line ends as CR LF; one of them counts as one character.
    let text = fields.text.replace("\r\n", "\n");
    let message = Message { name: fields.name, email: fields.email, subject: fields.subject, text };
    match contact::send(&site, &message, &fields.website, who.visitor.writer.address).await {
        Ok(()) => Ok(see("/contact/sent")),
        Err(ContactError::Faults(faults)) => {
            contact_page(&site, &uri, StatusCode::UNPROCESSABLE_ENTITY, Form::Form(message, faults)).await
        }
        Err(ContactError::Robot) => {
            contact_page(&site, &uri, StatusCode::UNPROCESSABLE_ENTITY, Form::Unavailable(message)).await
        }
        Err(ContactError::TooMany) => {
            contact_page(&site, &uri, StatusCode::TOO_MANY_REQUESTS, Form::Unavailable(message)).await
        }
        Err(error @ ContactError::Storage(_)) => {
            tracing::error!(%error, "a message was not taken");
            contact_page(&site, &uri, StatusCode::SERVICE_UNAVAILABLE, Form::Unavailable(message)).await
        }
    }
}

/// The fields of a form; one that can't be read is answered in the site's dress.
pub struct Posted<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Site> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Response> {
        let (status, line) = match RawForm::from_request(request, site).await {
            // NUL can stand in no text that is stored.
            Ok(RawForm(body)) if body.contains(&0) || body.windows(3).any(|three| three == b"%00") => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "The text holds a character that can’t be stored. Please take it out.",
            ),
            Ok(RawForm(body)) => match serde_urlencoded::from_bytes(&body) {
                Ok(fields) => return Ok(Self(fields)),
                Err(_) => (StatusCode::UNPROCESSABLE_ENTITY, "The form could not be read."),
            },
            // What was too long is dressed by `guard::dress`, wherever it was noticed.
            Err(why) => {
                let status =
                    Some(why.into_response().status()).filter(|status| *status == StatusCode::PAYLOAD_TOO_LARGE);
                (status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY), "The form could not be read.")
            }
        };
        Err(match front(site).await {
            Ok(front) => private(status, status_page(site, &front, Matter::Refused(line))),
            Err(error) => super::answer::Fault::from(error).into_response(),
        })
    }
}
