//! What stands at the head of a Markdown file.

use crate::domain::{article::Status, edition::Link, slug::Slug};
use serde::{Deserialize, de::DeserializeOwned};
use serde_saphyr::{Error, MessageFormatter, UserMessageFormatter};
use std::path::Path;

/// A mistake in one file, in an author's words.
pub(super) type Mistake = String;

/// The front matter of an article. Everything but title, section and (for what is
/// to be seen) the moment of publication may be left out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleMatter {
    pub title: String,
    pub section: String,
    #[serde(default)]
    pub topics: Vec<String>,
    #[serde(default)]
    pub authors: Vec<String>,
    pub kind: Option<String>,
    pub status: Option<String>,
    #[serde(default)]
    pub standfirst: String,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub picture: Option<String>,
    #[serde(default)]
    pub picture_alt: String,
    #[serde(default)]
    pub picture_caption: String,
    #[serde(default)]
    pub picture_credit: String,
    pub picture_focus: Option<String>,
    pub pick: Option<i64>,
    pub source_name: Option<String>,
    pub source_url: Option<String>,
    #[serde(default)]
    pub corrections: Vec<CorrectionMatter>,
    pub card_title: Option<String>,
    pub search_title: Option<String>,
    pub social_title: Option<String>,
    pub social_text: Option<String>,
    pub language: Option<String>,
    pub comments: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionMatter {
    pub at: String,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuthorMatter {
    pub name: String,
    #[serde(default)]
    pub role: String,
    pub picture: Option<String>,
    #[serde(default)]
    pub picture_alt: String,
    pub position: Option<i64>,
    #[serde(default)]
    pub links: Vec<Link>,
    pub email: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageMatter {
    pub title: String,
    #[serde(default)]
    pub standfirst: String,
    pub status: Option<String>,
    /// Accepted, so that a folder can be kept in order; the footer's order is the edition's.
    #[serde(rename = "position")]
    _position: Option<i64>,
}

pub(super) fn slug_of(file: &Path) -> Result<Slug, Mistake> {
    file.file_stem().and_then(|s| s.to_str()).unwrap_or_default().parse().map_err(|e| format!("file name: {e}"))
}

pub(super) fn parse<T: std::str::FromStr>(key: &str, text: Option<&str>, default: T) -> Result<T, Mistake>
where
    T::Err: std::fmt::Display,
{
    text.map_or(Ok(default), |text| text.parse().map_err(|e| format!("{key}: {e}")))
}

pub(super) fn status(text: Option<&str>) -> Result<Status, Mistake> {
    parse("status", text, Status::Published)
}

/// The longest text file that is read.
const MOST_TEXT: u64 = 10_000_000;

/// Front matter between two lines of `---`, and the text after it.
pub(super) fn read<T: DeserializeOwned>(file: &Path) -> Result<(T, String), Mistake> {
    let text = text_of(file)?;
    let rest = text.strip_prefix("---\n").ok_or("the file does not begin with a line of ---")?;
    let (matter, body) = rest
        .split_once("\n---\n")
        .or_else(|| rest.strip_suffix("\n---").map(|m| (m, "")))
        .ok_or("the front matter has no end: a line of --- is missing")?;
    // The file's first line is the one above the front matter.
    Ok((parsed(matter, 2)?, body.trim().to_owned()))
}

/// A text file as it is read: UTF-8, of no frightening size, with line ends of one kind.
pub(super) fn text_of(file: &Path) -> Result<String, Mistake> {
    let length = std::fs::metadata(file).map_err(|e| e.to_string())?.len();
    if length > MOST_TEXT {
        return Err(format!("the file is larger than {} MB", MOST_TEXT / 1_000_000));
    }
    let bytes = std::fs::read(file).map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let before = e.as_bytes().get(..e.utf8_error().valid_up_to()).unwrap_or_default();
        format!("line {}: is not UTF-8; please save the file in this encoding", lines(before))
    })?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

/// YAML whose first line is the file's line of that number.
pub(super) fn parsed<T: DeserializeOwned>(yaml: &str, first: u64) -> Result<T, Mistake> {
    serde_saphyr::from_str(yaml).map_err(|e| explain(e.without_snippet(), yaml, first))
}

/// How many lines a text has begun.
fn lines(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// The line of the file, the key on it, and what is wrong there.
fn explain(error: &Error, matter: &str, first: u64) -> Mistake {
    if let Error::SerdeMissingField { field, .. } = error {
        return format!("{field}: is missing");
    }
    let what = UserMessageFormatter.format_message(error);
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(at) = error.location() else { return what };
    let line = usize::try_from(at.line()).unwrap_or(usize::MAX);
    let text = matter.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let key = text.trim_start_matches(['-', ' ']).split_once(':').map(|(key, _)| format!(", {key}"));
    format!("line {}{}: {what}", at.line().saturating_add(first - 1), key.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &[u8]) -> Mistake {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read::<PageMatter>(file.path()).unwrap_err()
    }

    #[test]
    fn mistakes_name_the_line_of_the_file_and_the_key() {
        for (text, parts) in [
            ("---\ntitle: A\ncolour: red\n---\n", &["line 3", "colour"][..]),
            ("---\ntitle: A\n\ntitle: B\n---\n", &["line 4", "title"]),
            ("---\ntitle: A\nposition: first\n---\n", &["line 3", "position"]),
            ("---\nstandfirst: A\n---\n", &["title: is missing"]),
            ("---\ntitle: [\n---\n", &["line "]),
            ("---\ntitle: A\n", &["has no end"]),
            ("title: A\n", &["does not begin"]),
        ] {
            let mistake = mistake(text.as_bytes());
            assert!(parts.iter().all(|part| mistake.contains(part)), "{text:?}: {mistake}");
            assert!(!mistake.contains('\n') && !mistake.contains("Policy"), "{text:?}: {mistake}");
        }
        assert!(mistake(b"---\ntitle: A\n---\ncaf\xe9\n").starts_with("line 4: is not UTF-8"));
    }
}
