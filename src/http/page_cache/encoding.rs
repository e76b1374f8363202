//! Encodings of a body: made once, chosen by what a browser accepts.

use bytes::Bytes;
use std::io::Write;

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// Quick, for the one who waits: 1 ms for a page of 52 KB.
pub const BROTLI_QUICK: u32 = 5;
/// As tight as it gets, for pages that many ask for: 80 ms.
pub const BROTLI_TIGHT: u32 = 11;

impl Encoding {
    /// The best that an `Accept-Encoding` allows (RFC 9110, 12.5.3).
    pub fn accepted(header: Option<&str>) -> Self {
        let Some(header) = header else { return Self::Identity };
        let allowed = |name: &str| {
            header.split(',').any(|part| {
                let mut words = part.split(';');
                let named = words.next().is_some_and(|word| word.trim().eq_ignore_ascii_case(name));
                // Weight 0 means "not this"; every other one is a yes.
                named && !words.any(|word| is_zero(word.trim()))
            })
        };
        if allowed("br") {
            Self::Brotli
        } else if allowed("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }
}

fn is_zero(weight: &str) -> bool {
    weight
        .strip_prefix("q=")
        .or_else(|| weight.strip_prefix("Q="))
        .is_some_and(|value| value.trim().parse::<f32>().is_ok_and(|q| q <= 0.0))
}

/// RFC 1952, at the level of a build: the bodies are small and packed once.
pub fn gzip(body: &[u8]) -> Bytes {
    let mut out = flate2::write::GzEncoder::new(Vec::with_capacity(body.len() / 4), flate2::Compression::new(6));
    // Writing into memory can't fail.
    let _ = out.write_all(body);
    out.finish().unwrap_or_default().into()
}

/// RFC 7932, at one of the two qualities.
pub fn brotli(body: &[u8], quality: u32) -> Bytes {
    let mut packed = Vec::with_capacity(body.len() / 4);
    {
        let mut out = brotli::CompressorWriter::new(&mut packed, 4096, quality, 22);
        // Writing into memory can't fail.
        let _ = out.write_all(body);
    }
    packed.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_a_browser_accepts_decides() {
        for (header, encoding) in [
            (None, Encoding::Identity),
            (Some(""), Encoding::Identity),
            (Some("gzip, deflate, br, zstd"), Encoding::Brotli),
            (Some("gzip"), Encoding::Gzip),
            (Some("BR;q=0.5"), Encoding::Brotli),
            (Some("br;q=0, gzip;q=0.2"), Encoding::Gzip),
            (Some("br; q=0.000"), Encoding::Identity),
            (Some("brotli, gzipped"), Encoding::Identity),
        ] {
            assert_eq!(Encoding::accepted(header), encoding, "{header:?}");
        }
    }

    #[test]
    fn what_is_packed_comes_out_again() {
        let body = "A page, a page, and again a page. ".repeat(500);
        let mut text = String::new();
        flate2::read::GzDecoder::new(&gzip(body.as_bytes())[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, body);
        for quality in [BROTLI_QUICK, BROTLI_TIGHT] {
            let packed = brotli(body.as_bytes(), quality);
            let mut text = String::new();
            brotli::Decompressor::new(&packed[..], 4096).read_to_string(&mut text).unwrap();
            assert_eq!(text, body);
            assert!(packed.len() < body.len() / 10);
        }
    }
}
