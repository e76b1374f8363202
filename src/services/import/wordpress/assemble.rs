//! Puts the names of an export together: all that its articles refer to.
//!
//! Owns authors and terms: those the export lists, and those its items name without their being
//! listed, as in the oldest exports and in exports of a part of a site.

use std::collections::{BTreeMap, HashSet};

use super::super::bundle::{Bundle, BundleAuthor, BundleTerm, Note};
use super::super::wordpress_markup::plain_text;
use super::items::{Item, ItemReader, author, is_section, is_topic};
use super::reader::{Record, Site};
use super::values::{optional, slug};

/// More notes than this nobody reads.
const MOST_NOTES: usize = 2000;

/// How many types of skipped items are told apart.
const MOST_TYPES: usize = 100;

/// A bundle in the making.
#[derive(Default)]
pub struct Assembly {
    bundle: Bundle,
    items: ItemReader,
    authors: HashSet<String>,
    sections: HashSet<String>,
    topics: HashSet<String>,
    /// Items of other types: how many, and the line of the first.
    others: BTreeMap<String, (usize, usize)>,
    notes_left_out: usize,
}

impl Assembly {
    /// Adds one record.
    pub fn add(&mut self, record: &Record) {
        match record.name.as_str() {
            "wp:author" => self.author(record),
            "wp:category" => self.listed_section(record),
            "wp:tag" => self.listed_topic(record),
            "wp:term" => self.term(record),
            _ => self.item(record),
        }
    }

    fn author(&mut self, record: &Record) {
        let key = record.get("wp:author_login").trim().to_owned();
        if key.is_empty() {
            return self.note(record.line, "author", "left out: an author without a login name");
        }
        let shown = plain_text(record.get("wp:author_display_name"));
        let first = plain_text(record.get("wp:author_first_name"));
        let last = plain_text(record.get("wp:author_last_name"));
        let full = format!("{first} {last}").trim().to_owned();
        let name = [shown, full, key.clone()].into_iter().find(|n| !n.is_empty()).unwrap_or_default();
        if !self.authors.insert(key.clone()) {
            return self.note(record.line, &format!("author {key}"), "left out: listed twice");
        }
        self.bundle.authors.push(BundleAuthor {
            id: record.get("wp:author_id").trim().to_owned(),
            name,
            email: optional(record.get("wp:author_email")),
            bio: plain_text(record.get("wp:author_description")),
            key,
        });
    }

    fn listed_section(&mut self, record: &Record) {
        let term = BundleTerm {
            id: record.get("wp:term_id").trim().to_owned(),
            slug: slug(record.get("wp:category_nicename")),
            name: plain_text(record.get("wp:cat_name")),
            parent: optional(&slug(record.get("wp:category_parent"))),
            description: plain_text(record.get("wp:category_description")),
        };
        self.put_term(term, true, record.line);
    }

    fn listed_topic(&mut self, record: &Record) {
        let term = BundleTerm {
            id: record.get("wp:term_id").trim().to_owned(),
            slug: slug(record.get("wp:tag_slug")),
            name: plain_text(record.get("wp:tag_name")),
            parent: None,
            description: plain_text(record.get("wp:tag_description")),
        };
        self.put_term(term, false, record.line);
    }

    /// A term of any taxonomy; only the two that are imported count, and they are rarely here.
    fn term(&mut self, record: &Record) {
        let section = match record.get("wp:term_taxonomy").trim() {
            "category" => true,
            "post_tag" => false,
            _ => return,
        };
        let term = BundleTerm {
            id: record.get("wp:term_id").trim().to_owned(),
            slug: slug(record.get("wp:term_slug")),
            name: plain_text(record.get("wp:term_name")),
            parent: optional(&slug(record.get("wp:term_parent"))),
            description: plain_text(record.get("wp:term_description")),
        };
        self.put_term(term, section, record.line);
    }

    fn put_term(&mut self, mut term: BundleTerm, section: bool, line: usize) {
        let what = if section { "category" } else { "tag" };
        if term.slug.is_empty() {
            let item = format!("{what} “{}”", term.name);
            return self.note(line, &item, "left out: it has no slug");
        }
        if term.name.is_empty() {
            term.name.clone_from(&term.slug);
        }
        if term.parent.as_ref() == Some(&term.slug) {
            term.parent = None;
        }
        let (seen, list) = if section {
            (&mut self.sections, &mut self.bundle.sections)
        } else {
            (&mut self.topics, &mut self.bundle.topics)
        };
        if seen.insert(term.slug.clone()) {
            list.push(term);
        } else if list.iter().any(|known| known.slug == term.slug && known.name != term.name) {
            // Some exports tell each term twice, which is no fault.
            let item = format!("{what} “{}”", term.name);
            self.note(line, &item, "left out: an earlier one has the same slug");
        }
    }

    fn item(&mut self, record: &Record) {
        let item = self.items.look(record);
        for note in std::mem::take(&mut self.items.notes) {
            self.push_note(note);
        }
        match item {
            Item::Nothing => {}
            Item::Media(media) => self.bundle.media.push(media),
            Item::Other(kind) => {
                let room = self.others.len() < MOST_TYPES || self.others.contains_key(&kind);
                let kind = if room { kind } else { "…".to_owned() };
                let (count, _) = self.others.entry(kind).or_insert((0, record.line));
                *count = count.saturating_add(1);
            }
            Item::Entry(_) => {
                let author = author(record);
                if !author.is_empty() && self.authors.insert(author.clone()) {
                    self.bundle.authors.push(BundleAuthor {
                        key: author.clone(),
                        name: author,
                        ..BundleAuthor::default()
                    });
                }
                for category in record.all("category") {
                    self.named_term(category);
                }
                if let Some(first) = record.all("category").find(|c| is_section(c)) {
                    self.bundle.leading.insert(slug(&first.nicename));
                }
                self.bundle.entries += 1;
            }
        }
    }

    /// A term as an item names it; new only if the export does not list its terms.
    fn named_term(&mut self, category: &Record) {
        let section = is_section(category);
        let slug = slug(&category.nicename);
        let seen = if section { &self.sections } else { &self.topics };
        if (section || is_topic(category)) && !slug.is_empty() && !seen.contains(&slug) {
            let term = BundleTerm { slug, name: plain_text(&category.text), ..BundleTerm::default() };
            self.put_term(term, section, category.line);
        }
    }

    fn note(&mut self, line: usize, item: &str, text: &str) {
        self.push_note(Note { line, item: item.to_owned(), text: text.to_owned() });
    }

    fn push_note(&mut self, note: Note) {
        if self.bundle.notes.len() < MOST_NOTES {
            self.bundle.notes.push(note);
        } else {
            self.notes_left_out = self.notes_left_out.saturating_add(1);
        }
    }

    /// The bundle. `replaced` is how many spots of the file were not UTF-8.
    pub fn finish(self, site: Site, replaced: usize) -> Bundle {
        let mut bundle = self.bundle;
        let mut sum_up = |line: usize, item: &str, text: String| {
            bundle.notes.push(Note { line, item: item.to_owned(), text });
        };
        for (kind, (count, line)) in self.others {
            sum_up(line, &format!("items of type “{kind}”"), format!("{count} left out: this type is not imported"));
        }
        if replaced > 0 {
            sum_up(0, "file", format!("what is not UTF-8 in it ({replaced}) is shown as \u{fffd}"));
        }
        if self.notes_left_out > 0 {
            sum_up(0, "notes", format!("{} more notes are not shown", self.notes_left_out));
        }
        bundle.source = "wordpress".to_owned();
        bundle.title = site.title;
        bundle.base_url = site.base_url;
        bundle.language = site.language;
        bundle
    }
}
