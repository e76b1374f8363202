//! A reader list of another program as records of cells, whatever its encoding, its ends of
//! lines and what stands between its cells. Read as a stream: a long file takes no more memory
//! than a short one.

use super::ImportError;
use csv::ByteRecord;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::{
    borrow::Cow,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// So much of a file says in which form it is, in bytes.
const HEAD: u64 = 64 * 1024;
/// The longest record, in bytes. A longer one is a quotation mark that nobody closed.
const LONGEST: u64 = 1024 * 1024;
/// What may stand between cells.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// In which form a file is.
pub struct Shape {
    path: PathBuf,
    /// UTF-16; everything else is decoded cell by cell.
    wide: Option<&'static Encoding>,
    /// What stands between cells.
    pub(super) delimiter: u8,
}

impl Shape {
    /// Looks at the beginning of a file. `finds` says whether a record has what is looked for.
    pub fn of(path: &Path, finds: impl Fn(&[String]) -> bool) -> Result<Self, ImportError> {
        let file = File::open(path).map_err(ImportError::File)?;
        let mut head = Vec::new();
        file.take(HEAD).read_to_end(&mut head).map_err(ImportError::File)?;
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(ImportError::Binary("it looks like a workbook of a spreadsheet or an archive"));
        }
        if head.len() as u64 == HEAD {
            // Whole lines, so that no character is cut in two.
            head.truncate(head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(head.len()));
        }
        let wide = wide(&head);
        let text = match wide {
            Some(encoding) => encoding.decode(&head).0.into_owned(),
            None => cell(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head)).into_owned(),
        };
        // Text has line breaks and tabs, no other control characters to speak of.
        let odd = text.chars().filter(|c| *c == '\0' || c.is_control() && !c.is_whitespace()).count();
        if text.contains('\0') || odd * 100 > text.chars().count() {
            return Err(ImportError::Binary("it holds bytes that no text has"));
        }
        Ok(Self { path: path.to_owned(), wide, delimiter: delimiter(&text.replace('\r', "\n"), finds) })
    }

    /// The records of the file, from its beginning.
    pub fn records(&self) -> Result<Records, ImportError> {
        let since = Arc::new(AtomicU64::new(0));
        let text = Text {
            file: File::open(&self.path).map_err(ImportError::File)?,
            // A mark of the byte order at the beginning is taken away.
            decoder: self.wide.unwrap_or(UTF_8).new_decoder_with_bom_removal(),
            wide: self.wide.is_some(),
            begun: false,
            returned: false,
            ended: false,
            ready: Vec::new(),
            at: 0,
            since: since.clone(),
        };
        let reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(self.delimiter).from_reader(text);
        Ok(Records { reader, since, record: ByteRecord::new() })
    }
}

/// UTF-16, where it is that: by its mark, or by the zeros in every second byte of plain letters.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, half) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if first == 0 && second * 2 > half => Some(UTF_16LE),
        () if second == 0 && first * 2 > half => Some(UTF_16BE),
        () => None,
    }
}

/// What stands between the cells: the character with which one of the first lines has what is
/// looked for; where that is so with several, the one with most cells.
fn delimiter(text: &str, finds: impl Fn(&[String]) -> bool) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(10).collect();
    // Excel reads what its files begin with, and writes it on request.
    let named = lines.first().and_then(|line| line.strip_prefix("sep=")?.bytes().next());
    if let Some(named) = named.filter(|byte| DELIMITERS.contains(byte)) {
        return named;
    }
    let most = |delimiter: &u8| {
        let cells = lines.iter().map(|line| {
            let cells: Vec<String> =
                line.split(char::from(*delimiter)).map(|cell| cell.trim_matches('"').trim().to_owned()).collect();
            (finds(&cells), cells.len())
        });
        cells.max().unwrap_or_default()
    };
    // Of equals the first stays: a comma.
    DELIMITERS.into_iter().rev().max_by_key(most).unwrap_or(b',')
}

/// A cell as text: UTF-8, or what Western Windows programs write.
pub fn cell(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The records of a file, one after the other.
pub struct Records {
    reader: csv::Reader<Text>,
    since: Arc<AtomicU64>,
    record: ByteRecord,
}

impl Records {
    /// The next record, and the line in which it begins.
    pub fn next(&mut self) -> Result<Option<(u64, &ByteRecord)>, ImportError> {
        self.since.store(0, Ordering::Relaxed);
        let before = self.reader.position().line();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                // Empty lines before a record are not its own, line breaks in its cells are; where
                // the file ends within a cell, its last line break is in it too.
                let own = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
                let line = before.max(self.reader.position().line().saturating_sub(1 + own));
                Ok(Some((line, &self.record)))
            }
            Ok(false) => Ok(None),
            Err(error) => Err(match error.into_kind() {
                csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => ImportError::Quote(before),
                csv::ErrorKind::Io(error) => ImportError::File(error),
                // Records may have any number of cells, and cells are bytes here.
                other => ImportError::File(io::Error::other(format!("{other:?}"))),
            }),
        }
    }
}

/// A file as UTF-8, or as the 8-bit text that it is, with lines that end with LF, the last too:
/// so line breaks can be counted.
struct Text {
    file: File,
    decoder: Decoder,
    wide: bool,
    /// The first bytes were read.
    begun: bool,
    /// The last byte was a CR: an LF that follows belongs to it.
    returned: bool,
    ended: bool,
    /// What is read and not handed on yet begins at `at`.
    ready: Vec<u8>,
    at: usize,
    /// Bytes handed on since a record began.
    since: Arc<AtomicU64>,
}

impl Text {
    fn fill(&mut self) -> io::Result<()> {
        let mut raw = vec![0; 32 * 1024];
        // Whole: a mark of the byte order may not be cut in two.
        let mut size = 0;
        while size < raw.len() {
            match self.file.read(&mut raw[size..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(more) => size += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        raw.truncate(size);
        self.at = 0;
        if self.wide {
            let mut text = String::with_capacity(self.decoder.max_utf8_buffer_length(size).unwrap_or(4 * size));
            // The buffer is as long as it can get, so all is read at once.
            let _ = self.decoder.decode_to_string(&raw, &mut text, self.ended);
            self.ready = text.into_bytes();
        } else {
            if !self.begun && raw.starts_with(b"\xef\xbb\xbf") {
                raw.drain(..3);
            }
            self.ready = raw;
        }
        self.begun = true;
        let returned = &mut self.returned;
        self.ready.retain_mut(|byte| {
            let second = *byte == b'\n' && *returned;
            *returned = *byte == b'\r';
            if *returned {
                *byte = b'\n';
            }
            !second
        });
        if self.ended {
            self.ready.push(b'\n');
        }
        Ok(())
    }
}

impl Read for Text {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.since.load(Ordering::Relaxed) > LONGEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        while self.at == self.ready.len() && !self.ended {
            self.fill()?;
        }
        let size = into.len().min(self.ready.len() - self.at);
        into[..size].copy_from_slice(&self.ready[self.at..self.at + size]);
        self.at += size;
        self.since.fetch_add(size as u64, Ordering::Relaxed);
        Ok(size)
    }
}
