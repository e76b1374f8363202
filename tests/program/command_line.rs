//! The commands: their help, what they do, what they say.

use super::*;

#[test]
fn help_stands_on_every_command_with_an_example() {
    let place = Place::new(&sqlite());
    for command in [
        &["serve"][..],
        &["import", "wordpress"],
        &["import", "markdown"],
        &["publish"],
        &["unpublish"],
        &["pick"],
        &["preview"],
        &["settings", "export"],
        &["settings", "import"],
        &["backup"],
        &["restore"],
        &["upgrade"],
        &["rotate-secrets"],
        &["doctor"],
    ] {
        let output = place.done(&[command, &["--help"]].concat());
        assert!(text(&output.stdout).contains("Example"), "{command:?}");
    }
}

#[test]
fn a_wrong_setting_stops_the_start_with_one_line() {
    let place = Place::new(&sqlite());
    std::fs::write(place.folder.path().join("Leptos.toml"), "[server]\nadress = \"127.0.0.1:1\"\n").unwrap();
    let output = place.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("Leptos.toml") && said.contains("server.adress") && said.contains("allowed are"), "{said}");
    assert!(output.stdout.is_empty());
    let output = place.run(&["--config", "none.toml", "doctor"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("none.toml: there is no such file"));
    std::fs::remove_file(place.folder.path().join("Leptos.toml")).unwrap();
    let output = place.command(&["doctor"]).env("PRESSROOM_SERVER__ADDRESS", "nowhere").output().unwrap();
    assert!(text(&output.stderr).contains("the environment: server.address"), "{}", text(&output.stderr));
}

#[test]
fn the_command_line_is_seen_by_a_running_server() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for database in runtime.block_on(both()) {
        let place = Place::new(&database);
        place.done(&["import", "markdown", "content"]);
        let server = Server::start(&place);
        assert_eq!(server.status("/world/story-1"), 200);
        place.done(&["unpublish", "story-1"]);
        server.until("it is gone", |s| s.status("/world/story-1") == 410);
        server.until("the list without it", |s| !s.get("/world").contains("Title 1"));
        place.done(&["publish", "story-1"]);
        let later = place.run(&["publish", "story-1", "--at", "2099-01-01 00:00"]);
        assert!(text(&later.stderr).contains("readers see “story-1” already"), "{}", text(&later.stderr));
        assert_eq!(server.status("/world/story-1"), 200);
        server.until("the list with it", |s| s.get("/world").contains("Title 1"));
        place.done(&["pick", "story-2"]);
        server.until("the pick", |s| s.get("/world/story-1").contains("Editors Picks"));
        // At a time to come: not before, and then without a restart.
        let at = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap() + Duration::from_secs(2);
        let at = jiff::Timestamp::from_second(at.as_secs().try_into().unwrap()).unwrap().to_string();
        place.done(&["unpublish", "story-3"]);
        place.done(&["publish", "story-3", "--at", &at]);
        server.until("the article’s minute", |s| s.status("/world/story-3") == 200);
        assert!(jiff::Timestamp::now() >= at.parse().unwrap());
        server.until("the list’s minute", |s| s.get("/news").contains("Title 3"));
        place.done(&["unpublish", "story-3", "--at", &at]);
        server.until("a time that has passed is now", |s| s.status("/world/story-3") == 410);
        assert_eq!(place.run(&["publish", "nothing"]).status.code(), Some(1));
        assert_eq!(place.run(&["publish", "story-2", "--at", "2099-13-01"]).status.code(), Some(1));
    }
}

#[test]
fn pages_are_published_and_taken_down_too() {
    let place = Place::new(&sqlite());
    place.write("pages/plan.md", "---\ntitle: The plan\nstatus: draft\n---\nNot yet.\n");
    place.done(&["import", "markdown", "content"]);
    let server = Server::start(&place);
    assert_eq!(server.status("/plan"), 404);
    let address = text(&place.done(&["preview", "plan"]).stdout);
    let preview = server.get(&format!("/{}", address.trim().splitn(4, '/').nth(3).unwrap()));
    assert!(preview.contains("The plan") && preview.contains("Preview: not published"), "{preview}");
    place.done(&["publish", "plan"]);
    server.until("the page is there", |s| s.status("/plan") == 200);
    place.done(&["unpublish", "plan"]);
    server.until("the page is gone", |s| s.status("/plan") == 410);
    let output = place.run(&["publish", "plan", "--at", "2099-01-01"]);
    assert!(text(&output.stderr).contains("--at is for articles"), "{}", text(&output.stderr));
}

#[test]
fn settings_go_out_and_come_back() {
    let place = Place::new(&sqlite());
    let toml = text(&place.done(&["settings", "export"]).stdout);
    assert!(toml.contains("name = \"The Politic Review\""), "{toml}");
    let changed = place.folder.path().join("edition.toml");
    std::fs::write(&changed, toml.replace("name = \"The Politic Review\"", "name = \"The Other Review\"")).unwrap();
    let server = Server::start(&place);
    place.done(&["settings", "import", "edition.toml"]);
    server.until("the new name", |s| s.get("/").contains("The Other Review"));
    std::fs::write(&changed, toml.replace("\"world\"", "\"feed\"")).unwrap();
    let output = place.run(&["settings", "import", "edition.toml"]);
    assert!(text(&output.stderr).contains("“feed” is a word that the program needs"), "{}", text(&output.stderr));
    std::fs::write(&changed, format!("{toml}\nname = \n")).unwrap();
    let output = place.run(&["settings", "import", "edition.toml"]);
    let said = text(&output.stderr);
    assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{said}");
    assert!(said.contains(&format!("edition.toml: line {}:", toml.lines().count() + 2)), "{said}");
    // The settings file has filled the database once; it doesn't come back.
    assert!(server.get("/").contains("The Other Review"));
}

#[test]
fn the_doctor_tells_what_to_mend() {
    let place = Place::new(&sqlite());
    let output = place.done(&["doctor"]);
    assert!(text(&output.stdout).contains("is not there yet"), "looking makes no database");
    place.done(&["upgrade"]);
    let output = place.done(&["doctor"]);
    let said = text(&output.stdout);
    assert!(said.contains("ok    database: SQLite 3."), "{said}");
    std::fs::write(place.folder.path().join("file"), "").unwrap();
    let output = place.command(&["doctor"]).env("PRESSROOM_MEDIA__URL", "file/x").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("BAD   media store"), "{}", text(&output.stdout));
    let output = place.command(&["doctor"]).env("PRESSROOM_MAIL__SMTP", "smtp://127.0.0.1:1").output().unwrap();
    assert!(text(&output.stdout).contains("BAD   mail"), "{}", text(&output.stdout));
}

#[test]
fn keys_are_rotated_and_previews_stay_good() {
    let place = Place::new(&sqlite());
    place.done(&["import", "markdown", "content"]);
    let address = text(&place.done(&["preview", "story-1"]).stdout);
    place.done(&["rotate-secrets"]);
    let server = Server::start(&place);
    let path = address.trim().splitn(4, '/').nth(3).unwrap();
    assert_eq!(server.status(&format!("/{path}")), 200);
}

/// `pressroom settings export | head -1`: whoever stops reading hears no complaint.
#[test]
fn a_reader_that_leaves_is_no_fault() {
    let place = Place::new(&sqlite());
    place.done(&["upgrade"]);
    for args in [&["settings", "export"][..], &["doctor"], &["assets"]] {
        let mut child = place.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn a_picture_for_the_settings_gets_an_address() {
    let place = Place::new(&sqlite());
    std::fs::copy("content/pictures/atlantic-globe.jpg", place.folder.path().join("shop.jpg")).unwrap();
    let address = text(&place.done(&["media", "add", "shop.jpg"]).stdout);
    assert!(address.starts_with("/media/") && address.ends_with(".jpg\n"), "{address}");
    assert_eq!(text(&place.done(&["media", "add", "shop.jpg"]).stdout), address, "the same picture, the same address");
    let server = Server::start(&place);
    assert_eq!(server.status(address.trim()), 200);
    std::fs::write(place.folder.path().join("logo.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
    let refused = place.run(&["media", "add", "logo.svg"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("no JPEG, PNG"), "{}", text(&refused.stderr));
}
