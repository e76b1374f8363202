//! Back-ups, and what is no back-up.

use super::*;
use std::path::Path;

#[test]
fn a_back_up_moves_between_the_databases() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (from, into) = (runtime.block_on(both()), runtime.block_on(both()));
    for (from, into) in [(&from[0], &into[1]), (&from[1], &into[0])] {
        let place = Place::new(from);
        place.done(&["import", "markdown", "content"]);
        let server = Server::start(&place);
        let file = place.folder.path().join("review.tar").display().to_string();
        place.done(&["backup", &file]);
        let page = server.get("/world/story-1");
        drop(server);
        let other = Place::new(into);
        place_is_refused_where_there_is_something(&place, &file);
        damaged_is_refused(&other, &file);
        other.done(&["restore", &file]);
        let server = Server::start(&other);
        // But for the number of the newest change, which each database counts for itself.
        let body = |answer: &str| {
            let (before, rest) = answer.split_once("\r\n\r\n").unwrap().1.split_once("data-after=\"").unwrap();
            format!("{before}{}", rest.split_once('"').unwrap().1)
        };
        assert_eq!(body(&server.get("/world/story-1")), body(&page));
        let picture = page.split("/media/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(server.status(&format!("/media/{picture}")), 200);
    }
}

fn place_is_refused_where_there_is_something(place: &Place, file: &str) {
    let output = place.run(&["restore", file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("not empty"), "{}", text(&output.stderr));
}

fn damaged_is_refused(place: &Place, file: &str) {
    let whole = std::fs::read(file).unwrap();
    let at = whole.windows(7).position(|w| w == b"Title 1").unwrap();
    let mut flipped = whole.clone();
    flipped[at] ^= 1;
    // A part that is not in the manifest: at the head, where a tar can be lengthened.
    let mut header = tar::Header::new_gnu();
    header.set_path("media/foreign.txt").unwrap();
    header.set_size(0);
    header.set_mode(0o644);
    header.set_cksum();
    let foreign = [header.as_bytes(), &whole[..]].concat();
    for (name, bytes) in [
        ("flipped", &flipped[..]),
        ("short", &whole[..whole.len() / 2]),
        ("empty", b""),
        ("none", b"hello"),
        ("foreign", &foreign),
    ] {
        let bad = Path::new(place.folder.path()).join(name);
        std::fs::write(&bad, bytes).unwrap();
        let output = place.run(&["restore", &bad.display().to_string()]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(!text(&output.stderr).contains("panicked"), "{name}: {}", text(&output.stderr));
        if let Some(database) = place.url.strip_prefix("sqlite:") {
            assert!(!Path::new(database).exists(), "{name}: what is refused leaves nothing behind");
        }
    }
}

/// What an export is: its files with their bytes.
fn exported(place: &Place, name: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
    let folder = place.folder.path().join(name);
    place.done(&["export", &folder.display().to_string()]);
    let mut files = std::collections::BTreeMap::new();
    for folder in [folder.clone(), folder.join("media")] {
        for file in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
            files.insert(file.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&file).unwrap());
        }
    }
    files
}

#[test]
fn an_export_comes_back_as_the_same_bytes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (from, into) = (runtime.block_on(both()), runtime.block_on(both()));
    for (from, into) in [(&from[0], &into[1]), (&from[1], &into[0])] {
        let place = Place::new(from);
        place.done(&["import", "markdown", "content"]);
        let old = place.folder.path().join("old.xml");
        std::fs::write(&old, archive::WORDPRESS).unwrap();
        place.run(&["import", "wordpress", "old.xml"]);
        place.done(&["user", "add", "ann@example.org", "--name", "Ann", "--role", "admin"]);
        let first = exported(&place, "first");
        assert!(first.contains_key("articles.jsonl") && first.keys().any(|name| name.ends_with(".gif")), "a picture");
        let all: String = first.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
        assert!(
            all.contains("ann@example.org") && !all.contains("$argon2") && !all.contains("\"address\""),
            "no secrets"
        );
        let other = Place::new(into);
        let folder = place.folder.path().join("first").display().to_string();
        other.done(&["import", "pressroom", &folder]);
        assert!(exported(&other, "again") == first, "the same bytes, out of the other database");
        // As one file, too; and what is there is not mixed with it.
        let tar = place.folder.path().join("review.tar");
        place.done(&["export", &tar.display().to_string()]);
        let refused = other.run(&["import", "pressroom", &tar.display().to_string()]);
        assert!(text(&refused.stderr).contains("not empty"), "{}", text(&refused.stderr));
        let taken = place.run(&["export", &tar.display().to_string()]);
        assert!(text(&taken.stderr).contains("something already"), "{}", text(&taken.stderr));
        let server = Server::start(&other);
        assert_eq!(server.status("/world/story-1"), 200);
        assert!(server.get("/2011/05/boats/").contains("location: /harbour/boats"), "old addresses come along");
    }
}

#[test]
fn what_is_no_export_is_refused_in_words() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(both()).remove(0);
    let place = Place::new(&database);
    place.done(&["import", "markdown", "content"]);
    let folder = place.folder.path().join("out");
    place.done(&["export", &folder.display().to_string()]);
    let good = std::fs::read_to_string(folder.join("articles.jsonl")).unwrap();
    let other = runtime.block_on(both()).remove(0);
    let other = Place::new(&other);
    let spoilt = [
        (good.replacen("\"slug\"", "\"slag\"", 1), "articles.jsonl, line 1: “slag” is no field"),
        (good.replacen('{', "", 1), "articles.jsonl, line 1:"),
        (format!("{good}{good}"), "not as many lines"),
        (good.replacen("\"title\":\"", "\"title\":7,\"x\":\"", 1), "articles.jsonl, line 1:"),
    ];
    for (text_of, said) in spoilt {
        std::fs::write(folder.join("articles.jsonl"), text_of).unwrap();
        let output = other.run(&["import", "pressroom", &folder.display().to_string()]);
        let told = text(&output.stderr);
        assert!(output.status.code() == Some(1) && told.contains(said) && !told.contains("panicked"), "{said}: {told}");
    }
    std::fs::write(folder.join("articles.jsonl"), good).unwrap();
    let picture = std::fs::read_dir(folder.join("media")).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(picture).unwrap();
    let output = other.run(&["import", "pressroom", &folder.display().to_string()]);
    let told = text(&output.stderr);
    assert!(output.status.code() == Some(1) && told.contains("in its folder media"), "{told}");
    for bad in ["nowhere", "content"] {
        let output = other.run(&["import", "pressroom", bad]);
        let told = text(&output.stderr);
        assert!(output.status.code() == Some(1) && !told.contains("panicked"), "{bad}: {told}");
    }
}
