//! Whatever a reader writes, its Markdown ends in the subset of HTML for comments, within the
//! depth that is allowed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pressroom::services::text::{comment_html, nesting::DEEPEST};

fuzz_target!(|text: &str| {
    for html in [comment_html::from_markdown(text), comment_html::clean(text)] {
        let lower = html.to_lowercase();
        assert!(!["<script", "<img", "<svg", "<iframe", "<style"].iter().any(|bad| lower.contains(bad)), "{html}");
        let (mut depth, mut most) = (0_usize, 0);
        for tag in html.split('<').skip(1).filter(|tag| !tag.starts_with("br")) {
            depth = if tag.starts_with('/') { depth.saturating_sub(1) } else { depth + 1 };
            most = most.max(depth);
        }
        assert!(most <= DEEPEST * 6, "{most} levels of {html}");
    }
});
