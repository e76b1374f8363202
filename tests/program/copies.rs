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
