//! The values in an export: dates, slugs, addresses. Owns how WordPress writes them.

use jiff::civil::DateTime;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;

/// What a date field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Nothing, or all zeros: WordPress' way to say "not yet".
    Unset,
    /// UTC milliseconds.
    At(i64),
    /// Something that is no date.
    Impossible,
}

/// A date as in the database: `2013-01-12 03:22:19`. The zone is not in it; UTC is assumed.
pub fn database_date(text: &str) -> Moment {
    let text = text.trim();
    if text.is_empty() || text.starts_with("0000-00-00") {
        return Moment::Unset;
    }
    let parsed = strtime::parse("%Y-%m-%d %H:%M:%S", text).and_then(|t| t.to_datetime());
    moment(parsed.ok())
}

/// A date as in `pubDate`: `Sat, 12 Jan 2013 03:22:19 +0000`. WordPress writes the year -0001 for
/// things never published.
pub fn feed_date(text: &str) -> Moment {
    let text = text.trim();
    if text.is_empty() || text.contains("-0001") {
        return Moment::Unset;
    }
    match rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text) {
        Ok(time) => Moment::At(time.as_millisecond()),
        Err(_) => Moment::Impossible,
    }
}

fn moment(parsed: Option<DateTime>) -> Moment {
    let time = parsed.and_then(|p| TimeZone::UTC.to_timestamp(p).ok());
    time.map_or(Moment::Impossible, |t| Moment::At(t.as_millisecond()))
}

/// The first of several dates that is set. Also whether one before it was impossible.
pub fn first_date(candidates: &[Moment]) -> (Option<i64>, bool) {
    let mut impossible = false;
    for candidate in candidates {
        match candidate {
            Moment::At(at) => return (Some(*at), impossible),
            Moment::Impossible => impossible = true,
            Moment::Unset => {}
        }
    }
    (None, impossible)
}

/// The day in an address that begins with it (`/2013/01/12/…`), or the first of its month.
pub fn address_date(address: &str) -> Option<i64> {
    let path = path_and_query(address)?;
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let mut number = |digits: usize| {
        let part = parts.next()?;
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.to_owned())
    };
    let (year, month) = (number(4)?, number(2)?);
    let day = number(2).unwrap_or_else(|| "01".into());
    match database_date(&format!("{year}-{month}-{day} 12:00:00")) {
        Moment::At(at) => Some(at),
        Moment::Unset | Moment::Impossible => None,
    }
}

/// A slug with its percent signs decoded; as it stands if that gives no text.
pub fn slug(text: &str) -> String {
    let text = text.trim();
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |offset: usize| bytes.get(at.saturating_add(offset)).and_then(|b| char::from(*b).to_digit(16));
        match (byte, hex(1), hex(2)) {
            // Two hexadecimal digits fit a byte.
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    match String::from_utf8(out) {
        Ok(decoded) if !decoded.contains(char::is_control) => decoded,
        _ => text.to_owned(),
    }
}

/// Path and query of an address, without the fragment.
pub fn path_and_query(address: &str) -> Option<String> {
    let address = address.trim();
    let (_, rest) = address.split_once("://")?;
    let rest = rest.split('#').next().unwrap_or_default();
    let start = rest.find(['/', '?']).unwrap_or(rest.len());
    // One slash in front: "//greek/" happens in exports, and would be read as a host name.
    Some(format!("/{}", rest[start..].trim_start_matches('/')))
}

/// An id that refers to something: WordPress writes 0 for "none".
pub fn reference(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text != "0").then(|| text.to_owned())
}

/// A value that may be missing.
pub fn optional(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let at = Moment::At(1_357_960_939_000);
        assert_eq!(database_date(" 2013-01-12 03:22:19"), at);
        assert_eq!(feed_date("Sat, 12 Jan 2013 03:22:19 +0000"), at);
        assert_eq!(feed_date("Fri, 11 Jan 2013 22:22:19 -0500"), at);
        assert_eq!(database_date("0000-00-00 00:00:00"), Moment::Unset);
        assert_eq!(feed_date("Wed, 30 Nov -0001 00:00:00 +0000"), Moment::Unset);
        for bad in ["2013-02-31 00:00:00", "yesterday", "2013-01-12", "99999999-01-01 00:00:00", "é"] {
            assert_eq!(database_date(bad), Moment::Impossible, "{bad}");
            assert_eq!(feed_date(bad), Moment::Impossible, "{bad}");
        }
        assert_eq!(first_date(&[Moment::Unset, Moment::Impossible, at]), (Some(1_357_960_939_000), true));
        assert_eq!(first_date(&[Moment::Unset]), (None, false));
        let noon = 1_357_992_000_000;
        assert_eq!(address_date("https://x.example/2013/01/12/a/"), Some(noon));
        assert_eq!(address_date("https://x.example/2013/01/a/"), Some(noon - 11 * 86_400_000));
        for none in ["https://x.example/2013/13/12/a/", "https://x.example/a/", "https://x.example/2013/a/", ""] {
            assert_eq!(address_date(none), None, "{none}");
        }
    }

    #[test]
    fn slugs_and_paths() {
        assert_eq!(slug("%ce%b1%CE%B2-1"), "αβ-1");
        for kept in ["100%", "%zz", "%ff", "%00", "é%", "%c"] {
            assert_eq!(slug(kept), kept);
        }
        let path = |a| path_and_query(a);
        assert_eq!(path("https://x.example/a/?p=1#top").as_deref(), Some("/a/?p=1"));
        assert_eq!(path("https://x.example?p=1").as_deref(), Some("/?p=1"));
        assert_eq!(path("https://x.example//a//b").as_deref(), Some("/a//b"));
        assert_eq!(path("https://x.example").as_deref(), Some("/"));
        assert_eq!(path("nonsense"), None);
    }
}
