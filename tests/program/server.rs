//! The server: its connections, its stop, and more than one of them.

use super::*;

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
fn whoever_does_not_read_an_answer_is_cut_off() {
    let place = Place::new(&sqlite());
    let server = Server::start(&place);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    // Asks on and on and reads nothing; writing fails once the server has let go.
    while stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").is_ok() {}
    assert_eq!(server.status("/healthz"), 200);
}

#[test]
fn the_doctor_hears_of_a_proxy_that_nobody_named() {
    let place = Place::new(&sqlite());
    let server = Server::start(&place);
    assert!(text(&place.done(&["doctor"]).stdout).contains("ok    proxies: none is named"));
    let ask = |path: &str, more: &str| {
        server.ask(&format!("GET {path} HTTP/1.1\r\nHost: x\r\n{more}Connection: close\r\n\r\n"))
    };
    assert!(ask("/metrics", "").starts_with("HTTP/1.1 200"));
    assert!(ask("/metrics", "X-Forwarded-For: 203.0.113.9\r\n").starts_with("HTTP/1.1 404"));
    let said = text(&place.done(&["doctor"]).stdout);
    assert!(said.contains("note  proxies: requests come through a proxy at 127.0.0.1"), "{said}");
    // Once it is named, all is well.
    let named = "PRESSROOM_SERVER__TRUSTED_PROXIES";
    let output = place.command(&["doctor"]).env(named, "[\"127.0.0.0/8\"]").output().unwrap();
    assert!(text(&output.stdout).contains("ok    proxies: believed: 127.0.0.0/8"), "{}", text(&output.stdout));
}

#[test]
fn two_servers_share_one_postgresql() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let place = Place::new(&runtime.block_on(common::postgres()));
    place.done(&["import", "markdown", "content"]);
    let servers = [Server::start(&place), Server::start(&place)];
    place.done(&["unpublish", "story-1"]);
    for server in &servers {
        server.until("the list without it", |s| !s.get("/world").contains("Title 1"));
    }
    // A preview signed with the keys of one is good at the other.
    let address = text(&place.done(&["preview", "story-1"]).stdout);
    let path = format!("/{}", address.trim().splitn(4, '/').nth(3).unwrap());
    assert!(servers.iter().all(|server| server.status(&path) == 200));
    for (server, name) in servers.iter().zip(["Ann", "Bob"]) {
        let form = format!("name={name}&email=ann%40example.org&text=Hello");
        let head = format!(
            "POST /contact HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            server.address,
            form.len()
        );
        assert!(server.ask(&format!("{head}{form}")).starts_with("HTTP/1.1 303"));
    }
    // Both carry mails; each mail goes out once.
    let mails = || {
        let files = std::fs::read_dir(place.folder.path().join("data/mail")).into_iter().flatten().flatten();
        files.filter(|f| f.path().extension().is_some_and(|e| e == "eml")).count()
    };
    servers[0].until("both mails", |_| mails() >= 2);
    place.done(&["publish", "story-1"]);
    servers[1].until("the list with it", |s| s.get("/world").contains("Title 1"));
    assert_eq!(mails(), 2);
}

/// One act of the command line, seen by a server whose shared regions are a minute
/// old: no list shows an article before its own page answers, and in the end all
/// agree; likewise when it is taken down.
#[test]
fn one_act_shows_everywhere_and_nowhere_too_soon() {
    const LISTS: [&str; 12] = [
        "/",
        "/news",
        "/world",
        "/topic/trade",
        "/author/anna",
        "/feed.xml",
        "/atom.xml",
        "/world/feed.json",
        "/topic/trade/feed.xml",
        "/author/anna/atom.xml",
        "/sitemaps/articles-1.xml",
        "/news-sitemap.xml",
    ];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for database in runtime.block_on(both()) {
        let place = Place::new(&database);
        place.write(
            "articles/late.md",
            "---\ntitle: The Late One\nsection: world\nauthors: [anna]\ntopics: [trade]\nstatus: draft\n---\nText.\n",
        );
        place.done(&["import", "markdown", "content"]);
        let server = Server::start_with(&place, &[("PRESSROOM_CACHE__FRONT_SECONDS", "60")]);
        let shown = |path: &str| server.get(path).contains("/world/late");
        assert!(LISTS.iter().all(|path| server.status(path) == 200 && !shown(path)));
        let seen = |path: &&str| {
            let listed = shown(path);
            assert!(!listed || server.status("/world/late") == 200, "{path} shows what is not there");
            listed
        };
        place.done(&["publish", "late"]);
        let begun = Instant::now();
        // All of them each time, so that each is looked at again and again.
        server.until("every list with it", |_| LISTS.iter().filter(|path| seen(path)).count() == LISTS.len());
        println!("{}: published everywhere after {} ms", database.url, begun.elapsed().as_millis());
        assert_eq!(server.status("/world/late"), 200);
        place.done(&["unpublish", "late"]);
        let begun = Instant::now();
        server.until("no list with it", |_| LISTS.iter().all(|path| !shown(path)));
        println!("{}: taken down everywhere after {} ms", database.url, begun.elapsed().as_millis());
        assert_eq!(server.status("/world/late"), 410);
    }
}
