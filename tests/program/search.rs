//! The search index of a built program: killed while it indexes, on a full disk, in a
//! folder that can't be written.

use super::*;
use std::{
    path::PathBuf,
    sync::atomic::{AtomicU16, Ordering},
};

/// A publication of many words, so that its index takes room.
fn wordy() -> Place {
    let place = Place::new(&sqlite());
    for n in 0..60 {
        let words: Vec<String> = (0..400).map(|w| format!("w{}x{}", n * 7 % 60, w * n)).collect();
        let text = format!(
            "---\ntitle: Wordy {n}\nsection: world\nauthors: [anna]\npublished: 2026-01-05T10:00:00Z\n---\n{}\n",
            words.join(" ")
        );
        place.write(&format!("articles/wordy-{n}.md"), &text);
    }
    place.done(&["import", "markdown", "content"]);
    place
}

fn folder(place: &Place) -> PathBuf {
    place.folder.path().join("data/search")
}

fn names(place: &Place) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder(place)) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

fn open(place: &Place) -> Server {
    Server::start_with(place, &[("PRESSROOM_SERVER__TRUSTED_PROXIES", "[\"127.0.0.1\"]")])
}

/// Each time from another network, since one may not ask so often.
fn search(server: &Server, words: &str) -> String {
    static NETWORK: AtomicU16 = AtomicU16::new(0);
    let [high, low] = NETWORK.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    server.ask(&format!(
        "GET /search?q={words} HTTP/1.1\r\nHost: {}\r\nX-Forwarded-For: 10.{high}.{low}.1\r\nConnection: close\r\n\r\n",
        server.address
    ))
}

fn finds(server: &Server, words: &str, what: &str) -> bool {
    search(server, words).contains(what)
}

#[test]
fn an_index_that_was_killed_half_way_is_built_again() {
    let place = wordy();
    place.done(&["reindex"]);
    let whole = std::fs::read_to_string(folder(&place).join("current")).unwrap();
    // Killed as soon as there is something of a new one.
    let mut child = place.command(&["reindex"]).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while names(&place).iter().filter(|name| name.starts_with("index-")).count() < 2 {
        assert!(child.try_wait().unwrap().is_none(), "it came to its end");
        assert!(begun.elapsed() < Duration::from_secs(60), "it never began");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(std::fs::read_to_string(folder(&place).join("current")).unwrap(), whole, "the whole one stays");
    // A server killed while it takes in changes has them all when it is there again.
    let server = open(&place);
    server.until("the index", |server| finds(server, "Title", "/world/story-1"));
    for n in 0..20 {
        place.write(
            &format!("articles/late-{n}.md"),
            &format!("---\ntitle: Late {n}\nsection: world\npublished: 2026-01-06T10:00:00Z\n---\nZanzibar.\n"),
        );
    }
    place.done(&["import", "markdown", "content"]);
    drop(server);
    let server = open(&place);
    server.until("all of them", |server| finds(server, "zanzibar", "20 articles"));
    place.done(&["reindex"]);
    assert_eq!(names(&place).iter().filter(|name| name.starts_with("index-")).count(), 1, "what was left is tidied");
}

#[test]
fn on_a_full_disk_the_index_in_use_stays_and_the_site_too() {
    let place = wordy();
    place.done(&["reindex"]);
    let whole = std::fs::read_to_string(folder(&place).join("current")).unwrap();
    // No file may grow beyond 64 blocks of 512 bytes: for a file, the disk is full.
    let full = |command: &str| {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$1\"", env!("CARGO_BIN_EXE_pressroom"), command])
            .current_dir(place.folder.path())
            .env("PRESSROOM_DATABASE__URL", &place.url);
        shell
    };
    let refused = full("reindex").output().unwrap();
    assert!(!refused.status.success(), "it says that nothing was built");
    let said = text(&refused.stderr);
    assert!(said.contains("search index") && said.lines().count() < 4, "{said}");
    assert_eq!(std::fs::read_to_string(folder(&place).join("current")).unwrap(), whole);
    let server = open(&place);
    server.until("the old index", |server| finds(server, "Title", "/world/story-1"));
}

#[test]
fn where_no_index_can_be_the_site_says_so() {
    let place = wordy();
    let _ = std::fs::remove_dir_all(folder(&place));
    // A file in its place can't be written by anybody, root included.
    std::fs::create_dir_all(place.folder.path().join("data")).unwrap();
    std::fs::write(folder(&place), "in the way").unwrap();
    let refused = place.run(&["reindex"]);
    assert!(!refused.status.success());
    assert!(text(&refused.stderr).contains("data/search"), "{}", text(&refused.stderr));
    let server = open(&place);
    assert_eq!(server.status("/world/story-1"), 200);
    let page = search(&server, "title");
    assert!(page.starts_with("HTTP/1.1 200") || page.starts_with("HTTP/1.1 503"), "{}", &page[..40]);
    assert!(page.contains("search") && !page.contains("in the way"));
    // It heals as soon as it can.
    std::fs::remove_file(folder(&place)).unwrap();
    server.until("the index", |server| finds(server, "Title", "/world/story-1"));
}
