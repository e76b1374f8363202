//! What stands at the head of a Markdown file.

use crate::domain::{article::Status, edition::Link, slug::Slug};
use serde::{Deserialize, de::DeserializeOwned};
use std::path::Path;

/// A mistake in one file, in an author's words.
pub(super) type Mistake = String;

/// The front matter of an article. Everything but title, section, authors and
/// the moment of publication may be left out.
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
    let length = std::fs::metadata(file).map_err(|e| e.to_string())?.len();
    if length > MOST_TEXT {
        return Err(format!("the file is larger than {} MB", MOST_TEXT / 1_000_000));
    }
    let text = std::fs::read_to_string(file).map_err(|e| e.to_string())?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let rest = text.strip_prefix("---\n").ok_or("the file does not begin with a line of ---")?;
    let (matter, body) = rest
        .split_once("\n---\n")
        .or_else(|| rest.strip_suffix("\n---").map(|m| (m, "")))
        .ok_or("the front matter has no end: a line of --- is missing")?;
    let matter = serde_saphyr::from_str(matter).map_err(|e| {
        let line = e.to_string();
        line.lines().next().unwrap_or("the front matter is no YAML").to_owned()
    })?;
    Ok((matter, body.trim().to_owned()))
}
