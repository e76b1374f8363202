//! Whatever the bytes are, reading them as a WordPress export ends, with an answer or with
//! an error, and what it answers is in the subset of HTML that pages may show.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pressroom::services::{import::wordpress, text::html};

fuzz_target!(|bytes: &[u8]| {
    let Ok(bundle) = wordpress::survey(bytes) else { return };
    let Ok(entries) = wordpress::entries(bytes) else { return };
    for entry in entries {
        let Ok(entry) = entry else { return };
        let html = html::clean(&entry.html, |_| None);
        assert!(!html.contains("<script") && !html.contains("<iframe") && !html.contains("<img"), "{html}");
        let _ = html::plain_text(&html);
    }
    let _ = bundle.notes.len();
});
