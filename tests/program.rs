//! The built program from outside: a process, its exit codes, its socket.
#![cfg(feature = "ssr")]

mod common;

use common::{TestDb, both, sqlite};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

/// A folder with settings for one database.
struct Place {
    folder: tempfile::TempDir,
    url: String,
}

impl Place {
    fn new(database: &TestDb) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join("content").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("authors/anna.md", "---\nname: Anna\n---\nWrites.\n");
        write("pages/contact.md", "---\ntitle: Contact\n---\nWrite to us.\n");
        for n in 1..=3 {
            let text = format!(
                "---\ntitle: Title {n}\nsection: world\nauthors: [anna]\npublished: 2026-01-0{n}T10:00:00Z\npicture: dot.gif\n---\nText {n}.\n"
            );
            write(&format!("articles/story-{n}.md"), &text);
        }
        std::fs::write(folder.path().join("content/articles/dot.gif"), DOT).unwrap();
        Self { url: database.url.clone(), folder }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pressroom"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env("PRESSROOM_DATABASE__URL", &self.url)
            .env("PRESSROOM_SERVER__ADDRESS", "127.0.0.1:0");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn done(&self, args: &[&str]) -> Output {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        output
    }
}

/// A GIF of 1 × 1 pixel.
const DOT: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A running server; ended with its test, whatever becomes of it.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(place: &Place) -> Self {
        let mut child = place.command(&["serve"]).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .find_map(|line| line.unwrap().split_once(" is open at http://").map(|(_, address)| address.to_owned()))
            .expect("it says where it is open");
        // Whoever doesn't read on lets the program wait for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        text(&answer)
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    fn status(&self, path: &str) -> u16 {
        self.get(path)[9..12].parse().unwrap()
    }

    /// Waits for a condition; fails after a minute, which only a fault takes.
    fn until(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !condition(self) {
            assert!(begun.elapsed() < Duration::from_secs(60), "{what} did not come true");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

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
        &["migrate"],
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
        assert_eq!(server.status("/world/story-1"), 410);
        server.until("the list without it", |s| !s.get("/world").contains("Title 1"));
        place.done(&["publish", "story-1"]);
        server.until("the list with it", |s| s.get("/world").contains("Title 1"));
        place.done(&["pick", "story-2"]);
        server.until("the pick", |s| s.get("/world/story-1").contains("Editors Picks"));
        // At a time to come: not before, and then without a restart.
        let at = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap() + Duration::from_secs(2);
        let at = jiff::Timestamp::from_second(at.as_secs().try_into().unwrap()).unwrap().to_string();
        place.done(&["publish", "story-3", "--at", &at]);
        server.until("the article’s minute", |s| s.status("/world/story-3") == 200);
        assert!(jiff::Timestamp::now() >= at.parse().unwrap());
        server.until("the list’s minute", |s| s.get("/news").contains("Title 3"));
        place.done(&["unpublish", "story-3", "--at", &at]);
        assert_eq!(server.status("/world/story-3"), 410, "a time that has passed is now");
        assert_eq!(place.run(&["publish", "nothing"]).status.code(), Some(1));
    }
}

#[test]
fn a_stop_finishes_what_runs_and_ends_with_zero() {
    let place = Place::new(&sqlite());
    place.done(&["import", "markdown", "content"]);
    let mut server = Server::start(&place);
    // A form half sent when the stop comes is still answered.
    let body = "name=Ann&email=ann%40example.org&text=Hello";
    let head = format!(
        "POST /contact HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        server.address,
        body.len()
    );
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body.as_bytes()[..10]).unwrap();
    // The server is in the middle of it once another request has been answered.
    assert_eq!(server.status("/healthz"), 200);
    server.terminate();
    server.until("refusing new ones", |s| TcpStream::connect(&s.address).is_err());
    stream.write_all(&body.as_bytes()[10..]).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn whoever_is_slow_with_a_request_is_cut_off() {
    let place = Place::new(&sqlite());
    let server = Server::start(&place);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").unwrap();
    let mut answer = Vec::new();
    // Comes back only when the server closes; the runner's own limit is the bound.
    stream.read_to_end(&mut answer).unwrap();
    assert!(!text(&answer).contains("200 OK"));
    assert_eq!(server.status("/healthz"), 200);
    let long = format!("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "x".repeat(200_000));
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let _ = stream.write_all(long.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(!text(&answer).contains("200 OK"), "too long a head is not served");
}

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
        let body = |answer: &str| answer.split_once("\r\n\r\n").unwrap().1.to_owned();
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
    for (name, bytes) in
        [("flipped", &flipped[..]), ("short", &whole[..whole.len() / 2]), ("empty", b""), ("none", b"hello")]
    {
        let bad = Path::new(place.folder.path()).join(name);
        std::fs::write(&bad, bytes).unwrap();
        let output = place.run(&["restore", &bad.display().to_string()]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(!text(&output.stderr).contains("panicked"), "{name}: {}", text(&output.stderr));
    }
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
    // The settings file has filled the database once; it doesn't come back.
    assert!(server.get("/").contains("The Other Review"));
}

#[test]
fn the_doctor_tells_what_to_mend() {
    let place = Place::new(&sqlite());
    let output = place.done(&["doctor"]);
    assert!(text(&output.stdout).contains("is not there yet"), "looking makes no database");
    place.done(&["migrate"]);
    let output = place.done(&["doctor"]);
    let said = text(&output.stdout);
    assert!(said.contains("ok    database: SQLite 3."), "{said}");
    std::fs::write(place.folder.path().join("file"), "").unwrap();
    let output = place.command(&["doctor"]).env("PRESSROOM_MEDIA__FOLDER", "file/x").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("BAD   media folder"), "{}", text(&output.stdout));
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

/// A small export in the form of WordPress: two posts, one of them with an
/// answered comment, a page, a category and a tag.
const WORDPRESS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_login>kim</wp:author_login><wp:author_email>kim@old.example</wp:author_email><wp:author_display_name>Kim Ode</wp:author_display_name></wp:author>
<wp:category><wp:category_nicename>harbour</wp:category_nicename><wp:cat_name>Harbour</wp:cat_name></wp:category>
<item><title>Boats &amp; bridges</title><link>https://old.example/2011/05/boats/</link><dc:creator>kim</dc:creator>
<content:encoded><![CDATA[First line.

<h1>Second</h1><script>alert(1)</script>
<img src="https://old.example/boat.jpg" alt="A boat">]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_date_gmt>2011-05-06 07:08:09</wp:post_date_gmt><wp:post_name>boats</wp:post_name><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><wp:comment_status>open</wp:comment_status><category domain="category" nicename="harbour">Harbour</category>
<category domain="post_tag" nicename="water">Water</category>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_author_email>bo@old.example</wp:comment_author_email><wp:comment_date_gmt>2011-05-07 00:00:00</wp:comment_date_gmt><wp:comment_content>An answer</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>1</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Al</wp:comment_author><wp:comment_date_gmt>2011-05-06 00:00:00</wp:comment_date_gmt><wp:comment_content>A question</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>3</wp:comment_id><wp:comment_author>Spam</wp:comment_author><wp:comment_date_gmt>2011-05-08 00:00:00</wp:comment_date_gmt><wp:comment_content>Unapproved words</wp:comment_content><wp:comment_approved>0</wp:comment_approved></wp:comment>
</item>
<item><title>About us</title><link>https://old.example/about-us/</link><dc:creator>kim</dc:creator><content:encoded><![CDATA[We.]]></content:encoded>
<wp:post_id>8</wp:post_id><wp:post_date_gmt>2011-05-06 07:08:09</wp:post_date_gmt><wp:post_name>about-us</wp:post_name><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>Behind a door</title><link>https://old.example/door/</link><dc:creator>kim</dc:creator><content:encoded><![CDATA[Hidden.]]></content:encoded>
<wp:post_id>9</wp:post_id><wp:post_date_gmt>2011-05-06 07:08:09</wp:post_date_gmt><wp:post_name>door</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password>x</wp:post_password></item>
</channel></rss>"#;

/// Comes in; 3, because a picture and a password did not come with it.
fn imported(place: &Place) -> String {
    let output = place.run(&["import", "wordpress", "old.xml"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    text(&output.stderr)
}

#[test]
fn a_wordpress_archive_opens_and_comes_in_once() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for database in runtime.block_on(both()) {
        let place = Place::new(&database);
        let file = place.folder.path().join("old.xml");
        std::fs::write(&file, WORDPRESS).unwrap();
        let first = imported(&place);
        assert!(first.contains("3 new, 0 changed, 0 unchanged; 3 comments"), "{first}");
        let again = imported(&place);
        assert!(again.contains("0 new, 0 changed, 3 unchanged; 0 comments"), "{again}");
        std::fs::write(&file, WORDPRESS.replace("First line.", "Another line.")).unwrap();
        let changed = imported(&place);
        assert!(changed.contains("0 new, 1 changed, 2 unchanged"), "{changed}");
        let server = Server::start(&place);
        let page = server.get("/harbour/boats");
        for part in [
            "Boats &amp; bridges",
            "Another line.",
            "<h2>Second</h2>",
            "Kim Ode",
            "2 Comments",
            "comment--depth-1",
            ">A boat</a>",
            "/topic/water",
        ] {
            assert!(page.contains(part), "{part} is missing");
        }
        for part in ["alert(1)", "Unapproved words", "old.example/boat.jpg\" alt", "kim@old.example", "bo@old.example"]
        {
            assert!(!page.contains(part), "{part} is there");
        }
        assert_eq!(server.status("/about-us"), 200);
        assert_eq!(server.status("/harbour/door"), 404);
        for old in ["/2011/05/boats/", "/?p=7"] {
            assert!(server.get(old).contains("location: /harbour/boats\r\n"), "{old}: {}", server.get(old));
        }
        for (name, bad) in [("empty.xml", ""), ("text.xml", "hello"), ("cut.xml", &WORDPRESS[..900])] {
            std::fs::write(place.folder.path().join(name), bad).unwrap();
            let output = place.run(&["import", "wordpress", name]);
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{name}");
            assert!(said.contains(name) && !said.contains("panicked"), "{said}");
        }
        assert_eq!(server.status("/harbour/boats"), 200, "what was stored stays");
        place.done(&["unpublish", "boats"]);
        imported(&place);
        assert_eq!(server.status("/harbour/boats"), 410, "what was taken down stays down");
    }
}
