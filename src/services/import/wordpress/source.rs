//! The bytes of an export on their way to the XML reader.
//!
//! Owns what the XML reader does not: counting lines, putting U+FFFD in place of bytes that are
//! not UTF-8, leaving out control characters that XML forbids but exports contain, and the limit
//! on how much may be read in one go.

use std::io::{self, BufRead, Read};

/// The largest single piece of XML accepted: one text, one CDATA section, one tag.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// How many bytes are cleaned at a time.
const CHUNK: usize = 64 * 1024;

/// How many bytes the first look at a file needs.
const FIRST_LOOK: usize = 512;

/// A reader that cleans and counts.
pub struct Source<R> {
    inner: R,
    clean: Vec<u8>,
    at: usize,
    /// The beginning of a character whose rest has not arrived yet.
    carry: Vec<u8>,
    ended: bool,
    line: usize,
    served: usize,
    too_large: bool,
    replaced: usize,
}

impl<R: BufRead> Source<R> {
    /// Around any reader.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            clean: Vec::new(),
            at: 0,
            carry: Vec::new(),
            ended: false,
            line: 1,
            served: 0,
            too_large: false,
            replaced: 0,
        }
    }

    /// The line being read, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Allows another [`LARGEST`] bytes.
    pub fn begin_piece(&mut self) {
        self.served = 0;
    }

    /// Whether reading failed because a piece was too large.
    pub fn is_too_large(&self) -> bool {
        self.too_large
    }

    /// How many spots were not UTF-8.
    pub fn replaced(&self) -> usize {
        self.replaced
    }

    /// The first bytes of the file as they are, without taking them: up to 512.
    pub fn first_look(&mut self) -> io::Result<Vec<u8>> {
        let mut look = Vec::new();
        while look.len() < FIRST_LOOK {
            let available = match self.inner.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if available.is_empty() {
                break;
            }
            let taken = available.len().min(CHUNK);
            look.extend_from_slice(&available[..taken]);
            self.inner.consume(taken);
        }
        self.clean_up(&look.clone(), false);
        Ok(look)
    }

    /// Puts the next stretch of clean bytes in place of the last one.
    fn refill(&mut self) -> io::Result<()> {
        self.clean.clear();
        self.at = 0;
        while self.clean.is_empty() && !self.ended {
            let available = match self.inner.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let taken = available.len().min(CHUNK);
            self.ended = taken == 0;
            let raw = available[..taken].to_vec();
            self.inner.consume(taken);
            self.clean_up(&raw, self.ended);
        }
        Ok(())
    }

    fn clean_up(&mut self, raw: &[u8], last: bool) {
        let mut bytes = std::mem::take(&mut self.carry);
        bytes.extend_from_slice(raw);
        let mut rest = &bytes[..];
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => return self.keep(text.as_bytes()),
                Err(error) => {
                    let (valid, bad) = rest.split_at(error.valid_up_to());
                    self.keep(valid);
                    let skip = match error.error_len() {
                        Some(len) => len,
                        None if last => bad.len(),
                        None => {
                            self.carry = bad.to_vec();
                            return;
                        }
                    };
                    self.replaced = self.replaced.saturating_add(1);
                    self.clean.extend_from_slice("\u{fffd}".as_bytes());
                    rest = &bad[skip..];
                }
            }
        }
    }

    fn keep(&mut self, valid: &[u8]) {
        for &byte in valid {
            if byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r') {
                self.clean.push(byte);
            }
        }
    }
}

impl<R: BufRead> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let taken = available.len().min(into.len());
        into[..taken].copy_from_slice(&available[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl<R: BufRead> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.clean.len() {
            self.refill()?;
        }
        if self.served > LARGEST {
            self.too_large = true;
            return Err(io::Error::other("too large"));
        }
        Ok(&self.clean[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        let end = self.at.saturating_add(amount).min(self.clean.len());
        let lines = self.clean[self.at..end].iter().filter(|b| **b == b'\n').count();
        self.line = self.line.saturating_add(lines);
        self.served = self.served.saturating_add(end - self.at);
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_characters_are_replaced_even_across_chunks() {
        let bytes = b"a\xc3\xa9\xe2\x82\xacb\xff\x00\x08c\n\xe2\x82";
        for size in 1..bytes.len() {
            let mut source = Source::new(io::BufReader::with_capacity(size, &bytes[..]));
            let mut text = String::new();
            source.read_to_string(&mut text).unwrap();
            assert_eq!(text, "aé€b\u{fffd}c\n\u{fffd}");
            assert_eq!((source.line(), source.replaced()), (2, 2));
        }
    }
}
