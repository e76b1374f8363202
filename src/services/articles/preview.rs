//! Signed addresses that show what is not published.

use crate::domain::{slug::Slug, time::Timestamp};
use crate::services::Site;

const PURPOSE: &str = "preview";

/// How long a preview's address is good: a week.
pub const GOOD_FOR: i64 = 7 * Timestamp::DAY;

/// The path under which an article can be previewed until [`GOOD_FOR`] has passed.
pub fn path(site: &Site, slug: &Slug) -> String {
    let what = format!("{}.{slug}", site.now().plus(GOOD_FOR).0);
    format!("/preview/{what}.{}", site.secrets.sign(PURPOSE, &what))
}

/// The slug that a token is good for at this moment.
pub fn verify(site: &Site, token: &str) -> Option<Slug> {
    let (what, signature) = token.rsplit_once('.')?;
    if !site.secrets.verify(PURPOSE, what, signature) {
        return None;
    }
    let (until, slug) = what.split_once('.')?;
    let until: i64 = until.parse().ok()?;
    (site.now() < Timestamp(until)).then(|| slug.parse().ok())?
}
