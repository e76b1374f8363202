//! What a picture's makers wrote into its file: description, credit, copyright.
//!
//! Two ways of writing are read: XMP (ISO 16684-1, with the names of Dublin Core and
//! Photoshop) and the older IPTC-IIM 4.2. Where both speak, XMP is believed, as the
//! IPTC's guidelines for reconciling them advise for what newer programs wrote.

use image::{ImageDecoder, ImageReader};
use quick_xml::{Reader, XmlVersion, escape::unescape, events::Event};
use std::io::Cursor;

/// No credit line is longer; what is longer was meant for something else.
const MOST: usize = 600;

/// The words of a picture; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What it shows.
    pub description: String,
    /// The line that those who print it owe.
    pub credit: String,
    /// Who took or made it.
    pub maker: String,
    /// Whose it is.
    pub copyright: String,
}

impl Said {
    /// What a picture file says; nothing where it can't be read.
    pub fn of(bytes: &[u8]) -> Self {
        let Ok(reader) = ImageReader::new(Cursor::new(bytes)).with_guessed_format() else { return Self::default() };
        let Ok(mut decoder) = reader.into_decoder() else { return Self::default() };
        let mut said = decoder.xmp_metadata().ok().flatten().map(|xmp| of_xmp(&xmp)).unwrap_or_default();
        if let Some(iptc) = decoder.iptc_metadata().ok().flatten() {
            said.fill(of_iptc(&iptc));
        }
        said
    }

    /// The credit line: as it is asked for, or made of who made it and whose it is.
    pub fn credit(&self) -> String {
        if !self.credit.is_empty() {
            return self.credit.clone();
        }
        match (self.maker.as_str(), self.copyright.as_str()) {
            (maker, "") => maker.to_owned(),
            ("", copyright) => copyright.to_owned(),
            (maker, copyright) if copyright.contains(maker) => copyright.to_owned(),
            (maker, copyright) => format!("{maker} / {copyright}"),
        }
    }

    fn fields(&mut self) -> [&mut String; 4] {
        [&mut self.description, &mut self.credit, &mut self.maker, &mut self.copyright]
    }

    fn fill(&mut self, mut other: Self) {
        for (field, other) in self.fields().into_iter().zip(other.fields()) {
            if field.is_empty() {
                *field = std::mem::take(other);
            }
        }
    }
}

/// One line, without what steers a screen.
fn line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.len() > MOST { String::new() } else { text }
}

/// The local names of the properties, in the order of [`Said::fields`]. Prefixes are
/// the ones that every program writes.
const PROPERTIES: [&str; 4] = ["dc:description", "photoshop:Credit", "dc:creator", "dc:rights"];

fn of_xmp(xmp: &[u8]) -> Said {
    let mut said = Said::default();
    let text = String::from_utf8_lossy(xmp);
    let mut reader = Reader::from_str(&text);
    // Of a list (several makers, several languages) the first that says something.
    let mut open: Option<usize> = None;
    let mut words = String::new();
    // A packet that breaks off has said what it said.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes().with_checks(false).flatten() {
                    let at = PROPERTIES.iter().position(|name| *name == attribute.key.as_ref());
                    if let Some((at, value)) = at.zip(attribute.normalized_value(XmlVersion::Implicit1_0).ok()) {
                        *said.fields()[at] = line(&value);
                    }
                }
                open = PROPERTIES.iter().position(|name| *name == tag.name().as_ref()).or(open);
                words.clear();
            }
            Event::Text(more) => words.push_str(&more),
            Event::GeneralRef(name) => {
                words.push_str(&unescape(&format!("&{};", &*name)).unwrap_or_default());
            }
            Event::End(tag) => {
                if let Some(at) = open {
                    let field = &mut *said.fields()[at];
                    if field.is_empty() {
                        *field = line(&words);
                    }
                    words.clear();
                    open = open.filter(|at| PROPERTIES[*at] != tag.name().as_ref());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    said
}

/// Datasets of record 2: number, and its place in [`Said::fields`].
const DATASETS: [(u8, usize); 4] = [(120, 0), (110, 1), (80, 2), (116, 3)];

/// Reads the datasets: each a mark (0x1c), record, number, length, value.
fn of_iptc(bytes: &[u8]) -> Said {
    let mut said = Said::default();
    // The datasets may stand in Photoshop's frame of resources; their first is then
    // the version of the record, 2:00, which only stands there.
    let begin = bytes.windows(3).position(|w| w == [0x1c, 2, 0]).or_else(|| bytes.iter().position(|b| *b == 0x1c));
    let mut rest = bytes.get(begin.unwrap_or(bytes.len())..).unwrap_or_default();
    while let [0x1c, record, number, high, low, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some((value, tail)) = tail.split_at_checked(length) else { break };
        if let Some((_, at)) = DATASETS.iter().find(|(dataset, _)| (*record, *number) == (2, *dataset)) {
            // What is no UTF-8 is Latin-1, as older programs wrote it.
            let text = match std::str::from_utf8(value) {
                Ok(text) => text.to_owned(),
                Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
            };
            let field = &mut *said.fields()[*at];
            if field.is_empty() {
                *field = line(&text);
            }
        }
        rest = tail;
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    const XMP: &str = r#"<?xpacket?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r">
        <rdf:Description xmlns:dc="d" xmlns:photoshop="p" photoshop:Credit="Review/Anna &amp; Bo">
        <dc:creator><rdf:Seq><rdf:li>Anna Ng</rdf:li><rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>
        <dc:description><rdf:Alt><rdf:li xml:lang="x-default">A harbour
        at dawn</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"#;

    fn dataset(number: u8, value: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x1c, 2, number];
        bytes.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
        bytes.extend(value);
        bytes
    }

    #[test]
    fn both_ways_of_writing_are_read() {
        let said = of_xmp(XMP.as_bytes());
        assert_eq!(said.credit, "Review/Anna & Bo");
        assert_eq!(said.maker, "Anna Ng");
        assert_eq!(said.description, "A harbour at dawn");
        assert_eq!(said.copyright, "");
        let mut iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x40".to_vec();
        iptc.extend(dataset(0, &[0, 4]));
        iptc.extend(dataset(80, "Zoë".as_bytes()));
        iptc.extend(dataset(116, b"\xa9 2026 The Review"));
        let older = of_iptc(&iptc);
        assert_eq!((older.maker.as_str(), older.copyright.as_str()), ("Zoë", "© 2026 The Review"));
        assert_eq!(older.credit(), "Zoë / © 2026 The Review");
        let mut both = said.clone();
        both.fill(older);
        assert_eq!((both.maker.as_str(), both.copyright.as_str()), ("Anna Ng", "© 2026 The Review"));
        assert_eq!(both.credit(), "Review/Anna & Bo");
    }

    #[test]
    fn nonsense_says_nothing() {
        for bytes in [&b""[..], b"<", b"<dc:creator>", b"\x1c", b"\x1c\x02\x50\xff\xff", b"\xff\xd8\xff", &[0x1c; 300]]
        {
            assert_eq!(of_xmp(bytes), Said::default());
            assert_eq!(of_iptc(bytes), Said::default());
            assert_eq!(Said::of(bytes), Said::default());
        }
        let long = format!("<dc:rights>{}</dc:rights>", "x".repeat(5_000));
        assert_eq!(of_xmp(long.as_bytes()), Said::default());
    }
}
