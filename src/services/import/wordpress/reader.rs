//! Streams the records of an export: its authors, terms and items, one at a time.
//!
//! Owns the XML: namespaces, entities, limits, and which elements can matter.

use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::super::wordpress_markup::{entities, plain_text};
use super::WordpressError;
use super::source::{LARGEST, Source};
use super::values::optional;

/// How deep elements may be nested; an export needs six levels.
const DEEPEST: usize = 64;

/// How deep an item is read; what plugins nest deeper is skipped.
const RECORD_DEPTH: usize = 4;

/// What the head of an export says about the site. Complete once the first item is read.
#[derive(Debug, Default, Clone)]
pub struct Site {
    /// Plain text.
    pub title: String,
    /// The front page's address, without a trailing slash.
    pub base_url: String,
    /// Language tag.
    pub language: Option<String>,
}

/// An element of an export with everything in it that matters.
#[derive(Debug, Default)]
pub struct Record {
    /// Local name, with the usual prefix whatever prefix the file uses: `wp:post_id`, `title`.
    pub name: String,
    /// Where it begins.
    pub line: usize,
    /// `domain` and `nicename` of a category.
    pub domain: String,
    pub nicename: String,
    /// Its text, joined over sections.
    pub text: String,
    pub children: Vec<Record>,
}

impl Record {
    /// The text of the first child of this name, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.children.iter().find(|c| c.name == name).map_or("", |c| c.text.as_str())
    }

    /// All children of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Record> {
        self.children.iter().filter(move |c| c.name == name)
    }
}

/// Streams the records of an export.
pub struct Reader<R: BufRead> {
    xml: NsReader<Source<R>>,
    buffer: Vec<u8>,
    depth: usize,
    site: Site,
    version_seen: bool,
    ended: bool,
}

/// One step through the XML.
enum Step {
    Open(Record),
    Close,
    Text(String),
    Nothing,
    End,
}

impl<R: BufRead> Reader<R> {
    /// Looks at the beginning of the file and gets ready.
    pub fn new(input: R) -> Result<Self, WordpressError> {
        let mut source = Source::new(input);
        judge(&source.first_look()?)?;
        let mut xml = NsReader::from_reader(source);
        let config = xml.config_mut();
        config.expand_empty_elements = true;
        // Plugins write lone ampersands into plain elements; there is no doubt what they mean.
        config.allow_dangling_amp = true;
        Ok(Self { xml, buffer: Vec::new(), depth: 0, site: Site::default(), version_seen: false, ended: false })
    }

    /// What is known about the site so far.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// How many spots of the file were not UTF-8.
    pub fn replaced(&mut self) -> usize {
        self.xml.get_mut().replaced()
    }

    /// The next author, category, tag, term or item.
    pub fn next_record(&mut self) -> Result<Option<Record>, WordpressError> {
        while !self.ended {
            let open = match self.step()? {
                Step::Open(open) => open,
                Step::End => {
                    self.ended = true;
                    break;
                }
                _ => continue,
            };
            match (self.depth, open.name.as_str()) {
                (1, "rss") | (2, "channel") => {}
                (1, _) => {
                    return Err(WordpressError::NotWordpress { reason: "it has no <rss> element" });
                }
                (3, "item" | "wp:author" | "wp:category" | "wp:tag" | "wp:term") => {
                    if !self.version_seen {
                        return Err(MISSING_VERSION);
                    }
                    return self.record(open).map(Some);
                }
                (3, "wp:wxr_version") => {
                    let record = self.record(open)?;
                    let version = record.text.trim();
                    if !matches!(version, "1.0" | "1.1" | "1.2") {
                        let version = version.chars().take(40).collect();
                        return Err(WordpressError::UnknownVersion { line: record.line, version });
                    }
                    self.version_seen = true;
                }
                (3, "title" | "link" | "language" | "wp:base_blog_url") => {
                    let record = self.record(open)?;
                    self.note_site(&record);
                }
                _ => {
                    self.skip()?;
                }
            }
        }
        if self.version_seen { Ok(None) } else { Err(MISSING_VERSION) }
    }

    fn note_site(&mut self, record: &Record) {
        let text = record.text.trim();
        match record.name.as_str() {
            "title" => self.site.title = plain_text(text),
            "language" => self.site.language = optional(text),
            // The blog's own address comes second and is the better one.
            "link" if !self.site.base_url.is_empty() => {}
            _ if !text.is_empty() => text.trim_end_matches('/').clone_into(&mut self.site.base_url),
            _ => {}
        }
    }

    /// Reads the rest of an element just opened.
    fn record(&mut self, open: Record) -> Result<Record, WordpressError> {
        let mut above: Vec<Record> = Vec::new();
        let mut current = open;
        loop {
            match self.step()? {
                Step::Open(child) if above.len() + 1 < RECORD_DEPTH && is_wanted(&child.name) => {
                    above.push(std::mem::replace(&mut current, child));
                }
                Step::Open(_) => self.skip()?,
                Step::Text(text) => {
                    if current.text.len().saturating_add(text.len()) > LARGEST {
                        return Err(WordpressError::TooLarge { line: current.line });
                    }
                    current.text.push_str(&text);
                }
                Step::Close => {
                    let Some(parent) = above.pop() else {
                        return Ok(current);
                    };
                    let child = std::mem::replace(&mut current, parent);
                    if is_kept(&child) {
                        current.children.push(child);
                    }
                }
                Step::Nothing => {}
                // Cannot be: the end inside an element is an error in `step`.
                Step::End => return Ok(current),
            }
        }
    }

    /// Passes over the rest of an element just opened.
    fn skip(&mut self) -> Result<(), WordpressError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Step::End = self.step()? {
                break;
            }
        }
        Ok(())
    }

    fn step(&mut self) -> Result<Step, WordpressError> {
        let source = self.xml.get_mut();
        source.begin_piece();
        let line = source.line();
        self.buffer.clear();
        let step = match self.xml.read_resolved_event_into(&mut self.buffer) {
            Ok((namespace, Event::Start(start))) => {
                let name = usual_name(&namespace, &start);
                let mut record = Record { name, line, ..Record::default() };
                if record.name == "category" {
                    for attribute in start.attributes().with_checks(false).flatten().take(16) {
                        let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
                            Ok(value) => value.into_owned(),
                            Err(_) => attribute.value.into_owned(),
                        };
                        match attribute.key.as_ref() {
                            "domain" => record.domain = value,
                            "nicename" => record.nicename = value,
                            _ => {}
                        }
                    }
                }
                Step::Open(record)
            }
            Ok((_, Event::End(_))) => Step::Close,
            Ok((_, Event::Text(text))) => Step::Text(text.xml10_content().into_owned()),
            Ok((_, Event::CData(text))) => Step::Text(text.xml10_content().into_owned()),
            Ok((_, Event::GeneralRef(reference))) => match entities::resolve(&reference.borrow().into_inner()) {
                Some(c) => Step::Text(c.to_string()),
                None => {
                    let name = reference.into_inner().chars().take(40).collect();
                    return Err(WordpressError::Entity { line, name });
                }
            },
            Ok((_, Event::DocType(_))) => return Err(WordpressError::Doctype { line }),
            Ok((_, Event::Decl(declaration))) => {
                if let Some(Ok(encoding)) = declaration.encoding()
                    && !["utf-8", "utf8", "us-ascii"].iter().any(|e| encoding.eq_ignore_ascii_case(e))
                {
                    let encoding = encoding.chars().take(40).collect();
                    return Err(WordpressError::Encoding { encoding });
                }
                Step::Nothing
            }
            Ok((_, Event::Eof)) => Step::End,
            Ok(_) => Step::Nothing,
            Err(error) => return Err(self.fault(error, line)),
        };
        match step {
            Step::Open(_) => self.depth = self.depth.saturating_add(1),
            Step::Close => self.depth = self.depth.saturating_sub(1),
            Step::End if self.depth > 0 => {
                let reason = "the file ends in the middle of an element".to_owned();
                return Err(WordpressError::BrokenXml { line, reason });
            }
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(WordpressError::TooDeep { line });
        }
        Ok(step)
    }

    fn fault(&mut self, error: quick_xml::Error, line: usize) -> WordpressError {
        if self.xml.get_mut().is_too_large() {
            return WordpressError::TooLarge { line };
        }
        match error {
            quick_xml::Error::Io(error) => WordpressError::Io(std::io::Error::new(error.kind(), error.to_string())),
            error => {
                let reason = error.to_string().chars().take(200).collect();
                WordpressError::BrokenXml { line, reason }
            }
        }
    }
}

const MISSING_VERSION: WordpressError =
    WordpressError::NotWordpress { reason: "it does not state its export version (wp:wxr_version)" };

/// Refuses what is no XML at a glance.
fn judge(look: &[u8]) -> Result<(), WordpressError> {
    let what = match look {
        [0x1f, 0x8b, ..] | [b'P', b'K', 3, 4, ..] => "a compressed file: unpack it first",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "text in UTF-16: convert it to UTF-8 first",
        _ if look.contains(&0) => "a binary file",
        _ => {
            let text = look.strip_prefix(b"\xef\xbb\xbf").unwrap_or(look).trim_ascii_start();
            let begins = |with: &[u8]| text.get(..with.len()).is_some_and(|t| t.eq_ignore_ascii_case(with));
            return match text.first() {
                _ if begins(b"<!doctype html") || begins(b"<html") => Err(WordpressError::Binary {
                    what: "a web page; perhaps the old site sent an error or its sign-in page in place of the export",
                }),
                None if look.len() < 512 => Err(WordpressError::Empty),
                None | Some(b'<') => Ok(()),
                Some(_) => Err(WordpressError::NotXml),
            };
        }
    };
    Err(WordpressError::Binary { what })
}

/// The element's name with the usual prefix. Namespaces go by their address, which contains the
/// version and comes with http and https; an undeclared prefix is taken at its word.
fn usual_name(namespace: &ResolveResult<'_>, start: &BytesStart<'_>) -> String {
    let local = start.local_name();
    let prefix = match namespace {
        ResolveResult::Bound(bound) => {
            let address = bound.as_ref();
            let address = address.split_once("://").map_or(address, |(_, rest)| rest).trim_end_matches('/');
            match address {
                "purl.org/rss/1.0/modules/content" => "content",
                "purl.org/dc/elements/1.1" => "dc",
                a if a.starts_with("wordpress.org/export/") => {
                    if a.ends_with("/excerpt") {
                        "excerpt"
                    } else {
                        "wp"
                    }
                }
                // A default namespace on a feed means nothing; a plugin's prefix is none of ours.
                _ if start.name().prefix().is_none() => "",
                _ => "other",
            }
        }
        ResolveResult::Unknown(prefix) => prefix,
        ResolveResult::Unbound => "",
    };
    if prefix.is_empty() { local.as_ref().to_owned() } else { format!("{prefix}:{}", local.as_ref()) }
}

/// Whether an element inside a record can matter.
fn is_wanted(name: &str) -> bool {
    match name {
        "title" | "link" | "pubDate" | "category" | "guid" | "dc:creator" | "content:encoded" | "excerpt:encoded" => {
            true
        }
        "wp:commentmeta" | "wp:termmeta" | "wp:comment_author_IP" => false,
        _ => name.starts_with("wp:"),
    }
}

/// Whether a child, now complete, is worth keeping: of the metadata only two keys are.
fn is_kept(record: &Record) -> bool {
    record.name != "wp:postmeta"
        || matches!(record.get("wp:meta_key").trim(), "_thumbnail_id" | "_wp_attachment_image_alt")
}
