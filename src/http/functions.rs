//! `/api/…`: what islands call, in words of ours where something is wrong with a call.

use super::{policies, visitor::Who};
use crate::services::{Site, StorageError};
use axum::{
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;

/// More than any error of ours says.
const MOST: usize = 16 * 1024;

/// A server function, by its address.
pub async fn call(State(site): State<Site>, who: Who, mut request: Request) -> Response {
    // To whoever would take HTML the framework answers with a redirect, as to a form.
    request.headers_mut().remove(header::ACCEPT);
    let (at_hand, visitor) = (site.clone(), who.visitor.clone());
    let context = move || {
        provide_context(at_hand.clone());
        provide_context(visitor.clone());
    };
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    let mut response = if response.status().is_success() { response } else { failed(response).await };
    response.headers_mut().insert(header::CACHE_CONTROL, policies::PRIVATE);
    who.remember(&site, &mut response);
    response
}

/// The framework answers 400 for a function that is not there and 500 for all else, with
/// whatever the error says of our insides. Its form, `kind|words`, is what islands read.
async fn failed(response: Response) -> Response {
    let unknown = response.status() == StatusCode::BAD_REQUEST;
    let said = to_bytes(response.into_body(), MOST).await.unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    if unknown {
        return (StatusCode::NOT_FOUND, "Request|There is no such function.").into_response();
    }
    if ["Deserialization|", "Args|", "MissingArg|"].iter().any(|kind| said.starts_with(kind)) {
        return (StatusCode::BAD_REQUEST, "Deserialization|What was sent could not be read.").into_response();
    }
    if said.contains(&StorageError::Nul.to_string()) {
        return (StatusCode::UNPROCESSABLE_ENTITY, "ServerError|The text holds a character that can’t be stored.")
            .into_response();
    }
    tracing::error!(error = %said, "a server function failed");
    let wait = [(header::RETRY_AFTER, HeaderValue::from_static("10"))];
    (StatusCode::SERVICE_UNAVAILABLE, wait, "ServerError|This could not be done just now.").into_response()
}
