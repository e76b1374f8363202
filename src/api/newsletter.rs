//! What the newsletter forms call.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Postcard;

/// What became of a sign-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedUp {
    /// A mail goes out whose link confirms it, whoever the address belongs to.
    Asked,
    /// Something is wrong with the address, in a reader's words.
    Fault(String),
    /// Something is wrong with the choice.
    Choice(String),
    /// The form was open for too long: a new token is needed.
    Stale,
}

/// A token for a form that somebody goes into.
#[server(endpoint = "newsletter/begin", input = Postcard, output = Postcard)]
pub async fn begin_sign_up() -> Result<String, ServerFnError> {
    use crate::services::{Site, newsletter};
    let site = expect_context::<Site>();
    newsletter::open_form(&site, site.now()).map_err(ServerFnError::new)
}

/// Signs somebody up by one of the site's forms. `website` is a field that people don't see.
#[server(endpoint = "newsletter/sign-up", input = Postcard, output = Postcard)]
pub async fn sign_up(
    email: String,
    lists: Vec<String>,
    token: String,
    website: String,
    form: String,
) -> Result<SignedUp, ServerFnError> {
    use crate::services::{Site, accounts::visitors::Visitor, newsletter};
    use newsletter::{SignUp, SignUpError};
    let (site, visitor) = (expect_context::<Site>(), expect_context::<Visitor>());
    let form = SignUp { email, lists, token, trap: website, form };
    Ok(match newsletter::sign_up(&site, &form, visitor.writer.address).await {
        Ok(()) => SignedUp::Asked,
        Err(SignUpError::NoToken) => SignedUp::Stale,
        Err(error @ SignUpError::NoList) => SignedUp::Choice(error.to_string()),
        Err(error @ (SignUpError::Email(_) | SignUpError::TooMany)) => SignedUp::Fault(error.to_string()),
        Err(error) => return Err(ServerFnError::new(error)),
    })
}
