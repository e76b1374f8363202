//! The search: what is found, in which order, how the index follows and heals.
#![cfg(feature = "ssr")]

mod asking;
#[path = "../common/mod.rs"]
mod common;
mod following;
mod quality;

use common::TestSite;
use pressroom::services::{
    Site,
    search::{self, Asked, Results, indexer},
};
use std::time::Duration;

/// The worker that keeps the index, for as long as this is held.
struct Followed(tokio::task::JoinHandle<()>);

impl Drop for Followed {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn follow(site: &Site) -> Followed {
    let site = site.clone();
    Followed(tokio::spawn(async move {
        // As the workers do: after a fault of the database, again.
        while let Err(error) = indexer::follow(&site).await {
            eprintln!("{error}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }))
}

async fn ask(site: &Site, typed: &str) -> Results {
    let asked = Asked { typed: typed.to_owned(), ..Asked::default() };
    search::ask(site, &asked).await.unwrap().expect("the index is open")
}

async fn slugs(site: &Site, typed: &str) -> Vec<String> {
    match search::ask(site, &Asked { typed: typed.to_owned(), ..Asked::default() }).await.unwrap() {
        Some(results) => results.items.iter().map(|found| found.article.slug.to_string()).collect(),
        None => Vec::new(),
    }
}

/// Waits until a question has just this answer; without end where it never has.
async fn until(site: &Site, typed: &str, expected: &[&str]) {
    let mut last = Vec::new();
    for _ in 0..1_500 {
        last = slugs(site, typed).await;
        if last == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("“{typed}” found {last:?} and not {expected:?} within half a minute");
}

/// An article of the Markdown archive.
fn article(test: &TestSite, slug: &str, title: &str, more: &str, text: &str) {
    let front = format!("title: \"{title}\"\nsection: world\npublished: 2026-11-01T10:00:00Z\n{more}");
    test.write(&format!("articles/{slug}.md"), &format!("---\n{front}\n---\n{text}\n"));
}

/// Brings in what was written, and two authors.
async fn import(test: &TestSite) {
    for (slug, name) in [("ann-lee", "Ann Lee"), ("bo-ek", "Bo Ek")] {
        test.write(&format!("authors/{slug}.md"), &format!("---\nname: {name}\n---\nWrites.\n"));
    }
    let report = test.import().await;
    assert!(report.notes.is_empty(), "{report}");
}
