//! Rows that come in whole, by a back-up or an export: somebody may have written into the
//! file. Feeds and mails have no policy for scripts, so what this program did not write is
//! made harmless before it is stored, and told of. What it did write keeps its bytes.
//!
//! A body holds where the cleaner leaves it as it is (`html::verified`); links lead where
//! the usual entrances let them lead.

use crate::services::{
    articles::media,
    text::{comment_html, html},
};
use crate::{
    domain::{
        edition::{Edition, Link, is_link},
        xml,
    },
    storage::dump::Row,
};
use serde_json::Value;

/// What was made harmless.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// So many things.
    pub count: usize,
    /// The first of them, a line each, for whoever brought them in.
    pub lines: Vec<String>,
}

/// So many lines are kept; of the others there is the number.
const LINES: usize = 200;

/// A file that no store has: nothing stands where a picture's name is none.
const NO_FILE: &str = "0000000000000000000000000000000000000000000000000000000000000000.jpg";

/// Looks at rows, one after the other.
#[derive(Debug, Default)]
pub struct Inspection {
    /// What it has mended so far.
    pub mended: Mended,
}

/// The columns of one row, with a name for it in what is told.
struct Item<'a> {
    name: String,
    row: &'a mut Row,
    mended: &'a mut Mended,
}

impl Inspection {
    /// A row of a table as it may be stored.
    pub fn row(&mut self, table: &str, mut row: Row) -> Row {
        let name = name_of(table, &row);
        let mut item = Item { name, row: &mut row, mended: &mut self.mended };
        item.characters();
        match table {
            "articles" => {
                item.body();
                item.link("source_url", is_on_the_web);
            }
            "pages" => item.body(),
            "comments" => {
                item.comment();
                item.link("url", is_on_the_web);
            }
            "revisions" => item.revision(),
            "authors" => item.links(),
            // A path that a browser takes for another machine's is none.
            "redirects" => item.link("target", |target| is_link(target) && !target.starts_with("/\\")),
            "media" => item.file(),
            "settings" => item.edition(),
            _ => {}
        }
        row
    }
}

fn is_on_the_web(url: &str) -> bool {
    url.starts_with("http") && is_link(url)
}

/// Which row it is, for people: by its address where it has one.
fn name_of(table: &str, row: &Row) -> String {
    let text = |column: &str| row.iter().find(|(name, _)| *name == column).map(|(_, value)| value);
    let by = ["slug", "path", "key", "id"].into_iter().find_map(text);
    let by = by.map(|value| value.as_str().map_or_else(|| value.to_string(), |text| text.escape_debug().to_string()));
    format!("{table}, {}", by.unwrap_or_default())
}

impl Item<'_> {
    fn tell(&mut self, what: &str) {
        self.mended.count += 1;
        if self.mended.lines.len() < LINES {
            self.mended.lines.push(format!("{}: {what}", self.name));
        }
    }

    fn text(&self, column: &str) -> Option<&str> {
        self.row.iter().find(|(name, _)| *name == column)?.1.as_str()
    }

    fn set(&mut self, column: &str, value: Value) {
        self.row.iter_mut().filter(|(name, _)| *name == column).for_each(|(_, stored)| *stored = value.clone());
    }

    /// No text has characters that XML forbids: PostgreSQL takes no NUL, feeds none of them.
    fn characters(&mut self) {
        let mut found = false;
        for (_, value) in self.row.iter_mut() {
            if let Value::String(text) = value
                && let std::borrow::Cow::Owned(clean) = xml::without_forbidden(text)
            {
                (*text, found) = (clean, true);
            }
        }
        if found {
            self.tell("characters that no page can show were taken out");
        }
    }

    fn body(&mut self) {
        if let Some(clean) = self.text("body").and_then(html::verified) {
            self.set("body", clean.into());
            self.set("cleaner", html::CLEANER.into());
            self.tell("its text was cleaned");
        }
    }

    /// A comment is made again from what its writer wrote, where that is known.
    fn comment(&mut self) {
        let Some(html) = self.text("body") else { return };
        let clean = comment_html::clean(html);
        if clean == html {
            return;
        }
        let made = match self.text("words").map(str::trim) {
            Some(words) if !words.is_empty() => comment_html::from_markdown(words),
            _ => clean,
        };
        self.set("body", made.into());
        self.tell("its text was cleaned");
    }

    /// What a revision keeps can be brought back: its body, and where it was taken from.
    fn revision(&mut self) {
        let Some(Ok(mut snapshot)) = self.text("snapshot").map(serde_json::from_str::<Value>) else { return };
        let clean = snapshot.pointer("/body/html").and_then(Value::as_str).and_then(html::verified);
        let foreign = snapshot.pointer("/source/url").and_then(Value::as_str).is_some_and(|url| !is_on_the_web(url));
        if clean.is_none() && !foreign {
            return;
        }
        if let (Some(clean), Some(html)) = (clean, snapshot.pointer_mut("/body/html")) {
            *html = clean.into();
        }
        if let (true, Some(source)) = (foreign, snapshot.pointer_mut("/source")) {
            *source = Value::Null;
        }
        self.set("snapshot", snapshot.to_string().into());
        self.tell("its text was cleaned");
    }

    /// An address that may be missing.
    fn link(&mut self, column: &str, allowed: impl Fn(&str) -> bool) {
        if self.text(column).is_some_and(|url| !allowed(url)) {
            self.set(column, Value::Null);
            self.tell(&format!("“{column}” is no address; it was left out"));
        }
    }

    fn links(&mut self) {
        let Some(Ok(mut links)) = self.text("links").map(serde_json::from_str::<Vec<Link>>) else { return };
        let all = links.len();
        links.retain(|link| is_link(&link.url));
        if links.len() < all
            && let Ok(text) = serde_json::to_string(&links)
        {
            self.set("links", text.into());
            self.tell("a link that leads nowhere was left out");
        }
    }

    fn file(&mut self) {
        if self.text("file").is_some_and(|name| media::kind_of(name).is_none()) {
            self.set("file", NO_FILE.into());
            self.tell("its file is no picture’s name; nothing stands there");
        }
    }

    /// The publication's own links, as `settings import` lets them be.
    fn edition(&mut self) {
        if self.text("key") != Some("edition") {
            return;
        }
        let Some(Ok(mut edition)) = self.text("value").map(serde_json::from_str::<Edition>) else { return };
        let before = edition.clone();
        edition.profiles.retain(|link| is_link(&link.url));
        edition.menu.retain(|link| is_link(&link.url));
        edition.ads.retain(|ad| is_link(&ad.url) && is_link(&ad.picture) && ad.picture.starts_with('/'));
        edition.breaking = edition.breaking.filter(|line| is_link(&line.url));
        edition.machines.hub = edition.machines.hub.filter(|hub| is_on_the_web(hub));
        let contact = |to: &String| to.starts_with("mailto:") || to.starts_with("https://");
        edition.machines.security_contact = edition.machines.security_contact.filter(contact);
        if edition != before
            && let Ok(text) = serde_json::to_string(&edition)
        {
            self.set("value", text.into());
            self.tell("links that lead nowhere were left out");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn inspected(table: &str, row: &[(&'static str, Value)]) -> (Vec<Value>, usize) {
        let mut inspection = Inspection::default();
        let row = inspection.row(table, row.to_vec());
        (row.into_iter().map(|(_, value)| value).collect(), inspection.mended.count)
    }

    #[test]
    fn what_this_program_writes_is_not_touched() {
        let snapshot =
            "{\"body\": {\"html\":\"<p>a</p>\"}, \"source\":{\"name\":\"x\",\"url\":\"https://x.example/\"}}";
        for (table, row) in [
            ("articles", vec![("body", json!("<p>a <a href=\"/b\">b</a></p>\n")), ("source_url", Value::Null)]),
            ("comments", vec![("body", json!("<p>a &amp; b</p>\n")), ("words", json!("a & b")), ("url", Value::Null)]),
            ("revisions", vec![("snapshot", json!(snapshot))]),
            ("authors", vec![("links", json!("[{\"name\":\"x\", \"url\":\"https://x.example/\"}]"))]),
            ("redirects", vec![("path", json!("/a")), ("target", json!("/b?c=1"))]),
            ("letters", vec![("body", json!("*Good* morning"))]),
        ] {
            let values = row.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>();
            assert_eq!(inspected(table, &row), (values, 0), "{table}");
        }
    }

    #[test]
    fn what_it_does_not_write_is_made_harmless() {
        let bad = "<p onclick=x>a<script>alert(1)</script></p>";
        let snapshot = json!({ "body": { "html": bad }, "source": { "url": "javascript:x" } }).to_string();
        for (table, row, good) in [
            (
                "articles",
                vec![("body", json!(bad)), ("source_url", json!("javascript:x"))],
                vec![json!("<p>a</p>"), Value::Null],
            ),
            ("pages", vec![("body", json!(bad))], vec![json!("<p>a</p>")]),
            ("comments", vec![("body", json!(bad)), ("words", json!(""))], vec![json!("<p>a</p>"), json!("")]),
            (
                "comments",
                vec![("body", json!(bad)), ("words", json!("*b*"))],
                vec![json!("<p><em>b</em></p>\n"), json!("*b*")],
            ),
            ("comments", vec![("url", json!("data:text/html,x"))], vec![Value::Null]),
            (
                "revisions",
                vec![("snapshot", json!(snapshot))],
                vec![json!("{\"body\":{\"html\":\"<p>a</p>\"},\"source\":null}")],
            ),
            ("authors", vec![("links", json!("[{\"name\":\"x\",\"url\":\"javascript:x\"}]"))], vec![json!("[]")]),
            ("redirects", vec![("target", json!("//evil.example"))], vec![Value::Null]),
            ("redirects", vec![("target", json!("/\\evil.example"))], vec![Value::Null]),
            ("media", vec![("file", json!("../x.svg"))], vec![json!(NO_FILE)]),
            ("topics", vec![("name", json!("a\u{b}b\0"))], vec![json!("ab")]),
        ] {
            let (values, count) = inspected(table, &row);
            assert!(values == good && count > 0, "{table}: {values:?}");
        }
    }
}
