//! What others make of a comment: recommendations, reports, bans, a service elsewhere;
//! long conversations and their feed.

use super::{HELD, MINUTE, Place, field};
use crate::common::{TestDb, both, sqlite};
use axum::http::StatusCode;
use base64::{Engine, prelude::BASE64_STANDARD};
use pressroom::{
    domain::{CommentId, account::Role, comment::Subject, time::Timestamp},
    services::{
        Site, accounts,
        comments::{
            State,
            filter::proof_of_work,
            moderation::{self, By, Wanted},
        },
        site::settings,
    },
    storage,
};
use serde_json::Value;

#[tokio::test]
async fn a_reader_recommends_once_and_reports_with_a_reason() {
    for database in both().await {
        let place = Place::new(&database).await;
        let (id, mine) = place.published("Some words", &[]).await;
        let recommend = format!("/comments/{id}/recommend");
        let count = async || {
            let page = place.get("/world/story").await.body;
            let rest = page.split("comment__recommends\">").nth(1).unwrap();
            rest.split('<').next().unwrap().to_owned()
        };
        assert_eq!(place.send(&recommend, "", &[]).await.to, format!("/comments/{id}"));
        for (cookie, expected) in [(mine.as_str(), "1"), ("", "0"), ("", "1")] {
            assert_eq!(place.send(&recommend, cookie, &[]).await.to, format!("/comments/{id}"));
            let found = count().await;
            let found = if found.is_empty() { "0" } else { &found };
            assert_eq!(found, expected, "one for each person but the writer; pressed again it is taken back");
        }
        let report = format!("/comments/{id}/report");
        assert!(place.get(&report).await.body.contains("It insults somebody"));
        let none = place.send(&report, "", &[]).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("choose a reason"));
        let said = place.send(&report, "", &[("reason", "insult"), ("words", "<b>rude</b>")]).await;
        assert!(said.status == StatusCode::SEE_OTHER && said.cookie.is_empty(), "nobody gets a cookie for it");
        let thanks = place.get(&said.to).await;
        assert!(thanks.status == StatusCode::OK && thanks.body.contains("The newsroom looks at it"));
        let reported = Wanted { reported: true, ..Wanted::default() };
        let queue = moderation::queue(&place.test.site, &reported, 9, By::CommandLine).await.unwrap();
        assert_eq!((queue.len(), queue[0].reasons.as_str()), (1, "insult: <b>rude</b>"));
        for path in ["/comments/999/report", "/comments/x/report", "/comments/999/yours"] {
            assert_eq!(place.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(place.send("/comments/999/recommend", "", &[]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn recommendations_are_paced() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let (id, _) = place.published("Some words", &[]).await;
    let recommend = format!("/comments/{id}/recommend");
    let press = async || {
        let before = storage::changes::newest(&place.test.site.db).await.unwrap();
        assert_eq!(place.send(&recommend, "", &[]).await.to, format!("/comments/{id}"));
        storage::changes::newest(&place.test.site.db).await.unwrap() > before
    };
    for n in 0..120 {
        assert!(press().await, "{n}");
    }
    assert!(!press().await, "nothing is written any more");
    place.later(Timestamp::HOUR);
    assert!(press().await);
}

#[tokio::test]
async fn names_of_the_newsroom_are_its_own() {
    let database = sqlite();
    let place = Place::new(&database).await;
    accounts::add(&place.test.site, "ann@example.com", "Ann Editor", Role::Editor, "four words that hold")
        .await
        .unwrap();
    for name in ["Ann Editor", " ann\u{200b}  EDITOR ", "Ann Еditоr", "A n n  Editor!", "The Politic Review", "EDIT0R"]
    {
        let answer = place.say("I am she", &[("name", name)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.body.contains("the name of somebody in our newsroom"), "{name}");
    }
    assert!(place.waiting(State::Held).await.is_empty());
    let other = place.say("I am somebody else", &[("name", "Ann Edison")]).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.body);
}

/// What a browser does with a challenge.
fn solve(challenge: &str) -> String {
    let challenge = serde_json::from_str(challenge).unwrap();
    let solution = altcha::solve_challenge(altcha::SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
    BASE64_STANDARD.encode(serde_json::to_vec(&altcha::Payload { challenge, solution }).unwrap())
}

#[tokio::test]
async fn proof_of_work_is_for_one_form_and_its_lack_holds() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    assert!(!place.get("/world/story").await.body.contains("proof.js"), "nothing of it by default");
    let toml = settings::export(site).await.unwrap();
    let toml = toml.replace("proof_of_work = false", "proof_of_work = true").replace("approvals = 2", "approvals = 0");
    settings::import(site, &toml).await.unwrap();
    site.fronts.forget();
    let form = || async {
        let html = place.get("/comments/reply?article=story").await.body;
        assert!(html.contains("/proof.js"));
        let challenge = html.split("data-challenge=\"").nth(1).unwrap().split('"').next().unwrap();
        let challenge = challenge.replace("&quot;", "\"");
        place.later(MINUTE);
        (field(&html, "token"), solve(&challenge))
    };
    let (token, own) = form().await;
    let (_, of_another) = form().await;
    let mangled = format!("{}AAAA", &own[..own.len() - 4]);
    let huge = own.repeat(40);
    for (n, proof) in ["", "nonsense", "bm9uc2Vuc2U=", &of_another, &mangled, &huge].into_iter().enumerate() {
        // A form's token counts once, so each wrong proof comes with a form of its own.
        let (token, _) = form().await;
        let sent = place.say(&format!("Words {n}"), &[("token", &token), ("proof", proof)]).await;
        assert!(sent.to.starts_with(HELD), "{n}: {}", sent.to);
    }
    assert_eq!(place.waiting(State::Held).await.len(), 6);
    // Other words are no way around it.
    place.later(MINUTE);
    let (fresh, _) = form().await;
    let held = place.say("Not paid for", &[("token", &fresh)]).await;
    let id = held.to.rsplit('=').next().unwrap();
    place.send(&format!("/comments/{id}/edit"), &held.cookie, &[("text", "Not paid for either")]).await;
    assert!(place.waiting(State::Held).await.iter().any(|(_, words)| words == "Not paid for either"));
    let why = place.look(&format!("/comments/{id}/yours"), &held.cookie).await.body;
    assert!(why.contains("could not do the small sum"), "what was found stays said");
    assert!(!proof_of_work::is_given(site, &token, &mangled) && proof_of_work::is_given(site, &token, &own));
    // Readable, for this form, and yet no work: one part after the other is another.
    let read: Value = serde_json::from_slice(&BASE64_STANDARD.decode(&own).unwrap()).unwrap();
    let counter = read["solution"]["counter"].as_u64().unwrap();
    for (part, other) in [
        ("/solution/counter", Value::from(counter + 1)),
        ("/solution/derivedKey", "00".repeat(32).into()),
        ("/challenge/parameters/cost", 1.into()),
        ("/challenge/parameters/keyPrefix", "".into()),
        ("/challenge/signature", Value::Null),
    ] {
        let mut changed = read.clone();
        *changed.pointer_mut(part).unwrap() = other;
        assert!(!proof_of_work::is_given(site, &token, &BASE64_STANDARD.encode(changed.to_string())), "{part}");
    }
    let mut moved = read.clone();
    *moved.pointer_mut("/challenge/parameters/data/token").unwrap() = "another".into();
    assert!(!proof_of_work::is_given(site, "another", &BASE64_STANDARD.encode(moved.to_string())), "for another form");
    place.later(MINUTE);
    let shown = place.say("Words that were paid for", &[("token", &token), ("proof", &own)]).await;
    assert!(shown.to.starts_with("/world/story#comment-"), "{}", shown.to);
    // A key that was rotated away first still knows what it signed.
    let (token, own) = form().await;
    let second = "11".repeat(32);
    let keys = format!("{second}\n{}", std::fs::read_to_string(&site.config.secrets.file).unwrap());
    std::fs::write(&site.config.secrets.file, keys).unwrap();
    let rotated = Site::open(site.config.clone(), place.test.hands.clock()).await.unwrap();
    assert!(proof_of_work::is_given(&rotated, &token, &own) && !proof_of_work::is_given(&rotated, "another", &own));
}

#[tokio::test]
async fn whoever_is_banned_is_told_so_and_why() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let (id, _) = place.published("Some words", &[]).await;
    let value =
        moderation::ban(&place.test.site, CommentId(id), "range", "insults", None, By::CommandLine).await.unwrap();
    assert_eq!(value, "192.0.2.0/24");
    let sent = place.say("Other words", &[("email", "another@example.org")]).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert!(sent.body.contains("no comments from you any more: insults.") && sent.body.contains("Other words"));
    for state in [State::Spam, State::Held] {
        assert!(place.waiting(state).await.is_empty(), "nothing is stored");
    }
}

#[tokio::test]
async fn the_newsrooms_lists_and_what_it_taught_hold_comments() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    let toml = settings::export(site).await.unwrap();
    let toml =
        toml.replace("banned_words = []", "banned_words = [\"casino\"]").replace("approvals = 2", "approvals = 0");
    settings::import(site, &toml).await.unwrap();
    site.fronts.forget();
    assert!(place.say("Fine words", &[]).await.to.starts_with("/world/story#comment-"));
    place.later(MINUTE);
    place.say("A fine C-a-s-1-n-o", &[]).await;
    assert_eq!(place.waiting(State::Spam).await.len(), 1);
    // Forty decisions, and it knows the kind.
    for n in 0..20 {
        place.later(61 * MINUTE);
        let (good, _) = place.published(&format!("The senate voted on bill {n} in March"), &[]).await;
        let (bad, _) = place.published(&format!("Buy cheap watches {n} http://w.example/{n}"), &[]).await;
        place.decide(bad, State::Spam).await;
        assert!(good < bad);
    }
    place.later(61 * MINUTE);
    place.say("Cheap watches to buy http://w.example/new", &[]).await;
    let found = moderation::queue(site, &Wanted::default(), 1, By::CommandLine).await.unwrap();
    assert!(found[0].status != "approved" && found[0].findings.contains("like what was spam"), "{}", found[0].findings);
    let trial = pressroom::services::comments::filter::try_rules::run(
        site,
        &pressroom::domain::edition::Conversation::default(),
        10_000,
    )
    .await;
    let text = trial.unwrap().to_string();
    assert!(text.contains("learnt") && text.contains("newcomer"), "{text}");
}

/// Speaks Akismet's part: what holds the word is spam.
async fn service(listener: tokio::net::TcpListener) {
    use axum::{Router, routing::post};
    let answer = |body: String| async move { if body.contains("viagra") { "true" } else { "false" } };
    axum::serve(listener, Router::new().route("/1.1/comment-check", post(answer))).await.unwrap();
}

#[tokio::test]
async fn a_service_elsewhere_is_asked_where_one_is_named() {
    let database = sqlite();
    let mut place = Place::new(&database).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = place.test.site.config.clone();
    config.comments.akismet_url = format!("http://{}", listener.local_addr().unwrap());
    place.test.site = Site::open(config, place.test.hands.clock()).await.unwrap();
    let task = tokio::spawn(service(listener));
    place.say("My viagra", &[]).await;
    assert_eq!(place.waiting(State::Spam).await.len(), 1);
    place.later(MINUTE);
    place.say("My words", &[]).await;
    assert_eq!(place.waiting(State::Held).await.len(), 1);
    // Where it does not answer the other rules stand alone.
    task.abort();
    let _ = task.await;
    place.later(MINUTE);
    assert_eq!(place.say("My viagra again", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(place.waiting(State::Held).await.len(), 2);
}

async fn many(database: &TestDb, count: i64) -> Place {
    let place = Place::new(database).await;
    let db = &place.test.site.db;
    let article = storage::articles::by_slug(db, &"story".parse().unwrap()).await.unwrap().unwrap();
    let mut first = None;
    for n in 0..count {
        let draft = storage::comments::Draft {
            subject: Subject::Article(article.id),
            // Every third thread is a branch of the very first comment.
            parent: first.filter(|_| n % 3 == 0),
            name: format!("Reader {n}"),
            email: None,
            url: None,
            body: format!("<p>Number {n}.</p>"),
            status: "approved".into(),
            at: Timestamp(crate::common::NOON - count + n),
            key: format!("many:{n}"),
        };
        let (id, _) = storage::comments::save(db, &draft, Timestamp(crate::common::NOON)).await.unwrap();
        first.get_or_insert(id);
    }
    place
}

#[tokio::test]
async fn every_comment_of_a_long_conversation_has_its_page() {
    let database = sqlite();
    let place = many(&database, 330).await;
    let page = place.get("/world/story").await.body;
    assert!(page.contains("330 Comments") && page.contains("69 more answers"));
    assert_eq!(page.matches("class=\"comment comment--depth").count(), 50 + 40);
    // By the links alone every comment is found.
    let mut seen: std::collections::HashSet<String> = std::collections::HashSet::new();
    let mut todo = vec!["/world/story".to_owned()];
    let mut visited = std::collections::HashSet::new();
    while let Some(path) = todo.pop() {
        if !visited.insert(path.clone()) {
            continue;
        }
        let body = place.get(&path).await.body;
        for part in body.split("id=\"comment-").skip(1) {
            seen.insert(part.split('"').next().unwrap().to_owned());
        }
        for part in body.split("href=\"/world/story/comments").skip(1) {
            let rest = part.split('"').next().unwrap().replace("&amp;", "&");
            if !rest.contains("order=") && !rest.contains("atom") {
                todo.push(format!("/world/story/comments{rest}"));
            }
        }
    }
    assert_eq!(seen.len(), 330);
    // And its own address leads to a page that shows it.
    for id in [1, 2, 100, 200, 329] {
        let to = place.get(&format!("/comments/{id}")).await.to;
        let path = to.split('#').next().unwrap();
        assert!(place.get(path).await.body.contains(&format!("id=\"comment-{id}\"")), "{id}: {to}");
    }
    for order in ["newest", "best"] {
        let body = place.get(&format!("/world/story/comments?order={order}")).await.body;
        assert!(body.contains("noindex") && body.contains("aria-current=\"true\"") || body.contains("comments__more"));
    }
    let feed = place.get("/world/story/comments/atom.xml").await.body;
    assert!(feed.starts_with("<?xml") && feed.matches("<entry>").count() == 50 && feed.contains("Number 329."));
    for path in
        ["/world/story/comments/99999", "/tech/story/comments", "/world/nothing/comments", "/world/story/comments/x"]
    {
        assert_eq!(place.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(place.get("/world/story/comments?after=99999").await.to, "/world/story");
}

#[tokio::test]
async fn conversations_of_other_services_come_in_once() {
    use pressroom::services::import::talks::{self, Service};
    for database in both().await {
        let place = Place::new(&database).await;
        let site = &place.test.site;
        let export = "<?xml version=\"1.0\"?><disqus xmlns=\"http://disqus.com\" xmlns:dsq=\"http://disqus.com/disqus-internals\">\
            <thread dsq:id=\"10\"><link>https://old.example/2026/11/20/story/</link></thread>\
            <thread dsq:id=\"11\"><link>https://old.example/lost</link></thread>\
            <post dsq:id=\"101\"><message>&lt;p&gt;Answer&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;</message><createdAt>2026-11-20T11:00:00Z</createdAt>\
            <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Bo</name></author><thread dsq:id=\"10\"/><parent dsq:id=\"100\"/></post>\
            <post dsq:id=\"100\"><message><![CDATA[<p>First</p>]]></message><createdAt>2026-11-20T10:30:00Z</createdAt>\
            <isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Ann</name></author><thread dsq:id=\"10\"/></post>\
            <post dsq:id=\"102\"><message>Lost</message><isDeleted>false</isDeleted><isSpam>false</isSpam><thread dsq:id=\"11\"/></post></disqus>";
        let talks = talks::read(Service::Disqus, export.as_bytes()).unwrap();
        let report = talks::import(site, Service::Disqus, &talks).await.unwrap();
        assert_eq!((report.comments, report.notes.len()), (2, 1), "{report}");
        let again = talks::import(site, Service::Disqus, &talks).await.unwrap();
        assert_eq!(again.comments, 0);
        let page = place.get("/world/story").await.body;
        assert!(page.contains("2 Comments") && page.contains("<p>First</p>") && page.contains("comment--depth-1"));
        assert!(!page.contains("alert(1)"));
    }
}

/// What somebody may write to run a script in another's browser: after OWASP's list of
/// ways around filters, written anew.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:alert(1))",
    "<javascript:alert(1)>",
    "![x](https://a.example/x.png\"onerror=\"alert(1))",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "`</code><script>alert(1)</script>`",
    "{{constructor.constructor('alert(1)')()}}",
    "]]><script>alert(1)</script>",
    "\u{0}<scr\u{0}ipt>alert(1)</scr\u{0}ipt>",
    "\u{feff}<ſcript>alert(1)</ſcript>",
];

/// In the name, the text, the browser's name, the forwarded address: on the page, in the
/// queue, in the feed, in the live stream, nothing of it is markup.
#[tokio::test]
async fn attacks_stay_words() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let site = &place.test.site;
    let toml = settings::export(site).await.unwrap();
    settings::import(site, &toml.replace("approvals = 2", "approvals = 0")).await.unwrap();
    site.fronts.forget();
    accounts::add(site, "mod@example.org", "Mod", Role::Moderator, "four words that hold").await.unwrap();
    for (n, attack) in ATTACKS.iter().enumerate() {
        place.later(61 * MINUTE);
        let name = attack.chars().take(60).collect::<String>();
        let sent = place.say(&format!("{attack} {n}"), &[("name", &name)]).await;
        // NUL can't be stored, and is refused in words.
        let expected = if attack.contains('\0') { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::SEE_OTHER };
        assert_eq!(sent.status, expected, "{attack}: {}", sent.body);
    }
    // Browsers read a tag where `<` is followed by a letter; whatever tag stands there is
    // one of ours, without a handler and with no address but http.
    let harmless = |html: &str, what: &str| {
        for tag in html.split('<').skip(1).filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
            let tag = tag.split('>').next().unwrap().to_ascii_lowercase();
            for bad in [" onerror", " onload", " onmouseover", " onfocus", "javascript:", "vbscript:", "=\"data:text"] {
                // In the value of an attribute it is text: there the quote that would end it is escaped.
                let bare = tag.split('"').step_by(2).any(|part| part.contains(bad));
                let address = tag.contains(&format!("href=\"{bad}")) || tag.contains(&format!("src=\"{bad}"));
                assert!(!bare && !address, "{what}: <{tag}>");
            }
            assert!(!tag.starts_with("mglyph") && !tag.starts_with("math"), "{what}: <{tag}>");
        }
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{what}");
    };
    for path in ["/world/story", "/world/story/comments?order=newest", "/comments/1/piece", "/comments/1/report"] {
        harmless(&place.get(path).await.body, path);
    }
    let feed = place.get("/world/story/comments/atom.xml").await.body;
    assert!(!feed.contains("<script") && feed.matches("<entry>").count() > 15);
    let signed = accounts::sign_in(site, "mod@example.org", "four words that hold", "", "").await.unwrap();
    let cookie = format!("session={signed}");
    for path in
        ["/newsroom/comments?queue=published", "/newsroom/comments?text=%3Cscript%3Ealert(1)", "/newsroom/comments/1"]
    {
        let page = place.look(path, &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        harmless(&page.body, path);
    }
}
