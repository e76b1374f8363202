//! Proof of work: a browser pays for a comment with about a second of its time, which
//! costs one reader nothing and whoever sends a million comments a lot. Protocol: ALTCHA,
//! version 2 (<https://altcha.org/docs/v2/>); nobody else is asked, no cookie is set.

use crate::services::Site;
use altcha::{CreateChallengeOptions, Payload, VerifySolutionOptions, create_challenge, verify_solution};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;

const PURPOSE: &str = "proof of work";
/// Rounds of PBKDF2 for one try; 256 tries are needed on average. A telephone takes one
/// to three seconds for them, the server a millisecond or two to check.
const ROUNDS: u32 = 5_000;
/// More than any browser sends.
const MOST_BYTES: usize = 4_000;

/// What is to be solved for a form with this token, as JSON.
pub fn challenge(site: &Site, token: &str) -> Option<String> {
    let options = CreateChallengeOptions {
        cost: ROUNDS,
        // The proof is good for this form alone.
        data: Some([("token".to_owned(), Value::from(token))].into()),
        hmac_signature_secret: site.secrets.derived(PURPOSE).into_iter().next(),
        ..CreateChallengeOptions::default()
    };
    // It fails for a prefix that is not ours to choose; then nothing is asked.
    serde_json::to_string(&create_challenge(options).ok()?).ok()
}

/// Whether this is the proof for a form with this token. Works for a millisecond or two.
pub fn is_given(site: &Site, token: &str, proof: &str) -> bool {
    let Some(payload) = read(proof) else { return false };
    let asked = payload.challenge.parameters.data.as_ref().and_then(|data| data.get("token"));
    asked.and_then(Value::as_str) == Some(token)
        && site.secrets.derived(PURPOSE).into_iter().any(|secret| {
            let options = VerifySolutionOptions::new(&payload.challenge, &payload.solution, secret);
            verify_solution(options).is_ok_and(|result| result.verified)
        })
}

fn read(proof: &str) -> Option<Payload> {
    if proof.len() > MOST_BYTES {
        return None;
    }
    serde_json::from_slice(&BASE64_STANDARD.decode(proof).ok()?).ok()
}
