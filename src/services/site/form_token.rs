//! Tokens of forms: they say that we showed the form, and when. Forms in cached pages have
//! none; the browser fetches one, or the answer to a form without one brings it.

use super::secrets::{SecretsError, random};
use crate::domain::time::Timestamp;
use crate::services::Site;

/// A form is good for a day.
const GOOD_FOR: i64 = Timestamp::DAY;

/// A token for a form that is shown from this moment on: the moment and a number that is
/// used once, so that what is sent twice is one.
pub fn make(site: &Site, purpose: &str, shown: Timestamp) -> Result<String, SecretsError> {
    let what = format!("{}.{}", shown.0, random::<12>()?);
    Ok(format!("{what}.{}", site.secrets.sign(purpose, &what)))
}

/// The moment and the number of a token that is good.
pub fn read(site: &Site, purpose: &str, token: &str) -> Option<(Timestamp, String)> {
    let (what, signature) = token.rsplit_once('.')?;
    let (shown, number) = what.split_once('.')?;
    let shown = Timestamp(shown.parse().ok()?);
    let age = site.now().0.checked_sub(shown.0)?;
    ((0..GOOD_FOR).contains(&age) && site.secrets.verify(purpose, what, signature)).then(|| (shown, number.to_owned()))
}
