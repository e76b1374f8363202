//! What readers send, and the mail that comes of it.

use super::{ask, edition, get, post};
use crate::common::{NOON, both, sqlite};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use pressroom::services::mail;

#[tokio::test]
async fn the_contact_form_becomes_a_mail_once() {
    for database in both().await {
        let test = edition(&database).await;
        let wrong = post(&test.site, "/contact", "name=&email=x&text=%3C%2Ftextarea%3E%3Cscript%3E+%22q%22").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("Please tell us your name."));
        assert!(
            wrong.body.contains("&lt;/textarea&gt;&lt;script&gt; \"q\"</textarea>"),
            "the text is still there, unharmed"
        );
        let right = "name=Ann&email=ann%40example.org&subject=Hi&text=Hello+there";
        for _ in 0..2 {
            let sent = post(&test.site, "/contact", right).await;
            assert_eq!((sent.status.as_u16(), sent.header(header::LOCATION)), (303, "/contact/sent"));
        }
        assert!(get(&test.site, "/contact/sent").await.body.contains("on its way"));
        let trapped = post(&test.site, "/contact", &format!("{right}&website=x")).await;
        assert_eq!(trapped.status, StatusCode::UNPROCESSABLE_ENTITY);
        let carrier = mail::Carrier::new(&test.site.config.mail).unwrap();
        assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 1, "sent twice, written once");
        let folder = std::fs::read_dir(&test.site.config.mail.folder).unwrap();
        let mails: Vec<_> = folder.map(|f| std::fs::read_to_string(f.unwrap().path()).unwrap()).collect();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("Reply-To: ann@example.org") && mails[0].contains("Hello there"), "{}", mails[0]);
    }
}

#[tokio::test]
async fn requests_from_elsewhere_change_nothing() {
    let database = sqlite();
    let test = edition(&database).await;
    let body = "name=Ann&email=ann%40example.org&text=Hello";
    for (path, kind) in
        [("/contact", "application/x-www-form-urlencoded"), ("/api/contact", "application/x-www-form-urlencoded")]
    {
        let request = Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, kind);
        let answer =
            ask(&test.site, request.header("sec-fetch-site", "cross-site").body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let carrier = mail::Carrier::new(&test.site.config.mail).unwrap();
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 0);
}

#[tokio::test]
async fn a_call_that_makes_no_sense_is_the_callers_fault_and_learns_nothing() {
    let database = sqlite();
    let test = edition(&database).await;
    let call = async |path: &str, body: &[u8]| {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-postcard");
        let request = request.header(header::ACCEPT, "application/x-postcard");
        ask(&test.site, request.body(Body::from(body.to_vec())).unwrap()).await
    };
    for path in ["/api/contact", "/api/comments/post", "/api/comments/preview", "/api/comments/recommend"] {
        // Nothing, a number that has no end, and (a number by itself) a text that is cut off.
        let cut: &[u8] = if path.ends_with("recommend") { b"\x80" } else { b"\x05ab" };
        for body in [&b""[..], b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", cut] {
            let answer = call(path, body).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body:?}: {}", answer.body);
        }
    }
    for path in ["/api/nothing", "/api/comments"] {
        let answer = call(path, b"").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains("macro"), "{}", answer.body);
    }
    // What goes wrong inside stays there.
    let mut act = test.site.db.begin().await.unwrap();
    act.run("DROP TABLE comments", vec![]).await.unwrap();
    act.commit(pressroom::domain::time::Timestamp(NOON)).await.unwrap();
    let broken = call("/api/comments/recommend", &[2]).await;
    assert_eq!(
        (broken.status, broken.body.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "ServerError|This could not be done just now.")
    );
}

#[tokio::test]
async fn odd_requests_are_answered_in_the_sites_dress() {
    let database = sqlite();
    let test = edition(&database).await;
    let wrong = post(&test.site, "/world", "x=y").await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.body.contains("site-head"));
    let big = post(&test.site, "/contact", &"x".repeat(300_000)).await;
    assert_eq!(big.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(big.body.contains("site-head") && big.body.contains("too long for this site"), "{}", big.body);
    assert_eq!(post(&test.site, "/contact", "%ff=%ff").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// Speaks SMTP as RFC 5321 has it; refuses the first recipient it is given, so
/// that a second try is needed. Answers what it was told as data.
async fn mail_server(listener: tokio::net::TcpListener) -> String {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let mut refused = false;
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut data: Option<String> = None;
        write.write_all(b"220 mail.test\r\n").await.unwrap();
        while let Some(line) = lines.next_line().await.unwrap() {
            let answer = match &mut data {
                Some(text) if line == "." => {
                    write.write_all(b"250 taken\r\n").await.unwrap();
                    return std::mem::take(text);
                }
                Some(text) => {
                    text.push_str(&line);
                    text.push('\n');
                    continue;
                }
                None if line.starts_with("RCPT") && !std::mem::replace(&mut refused, true) => "450 later",
                None if line.starts_with("DATA") => {
                    data = Some(String::new());
                    "354 go on"
                }
                None if line.starts_with("QUIT") => "221 bye",
                None => "250 ok",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_mail_goes_to_the_mail_server_and_is_tried_again() {
    let database = sqlite();
    let test = edition(&database).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let smtp = format!("smtp://{}", listener.local_addr().unwrap());
    let carrier = mail::Carrier::new(&pressroom::config::Mail { smtp, ..test.site.config.mail.clone() }).unwrap();
    let server = tokio::spawn(mail_server(listener));
    let sent = post(&test.site, "/contact", "name=Ann&email=ann%40example.org&subject=Hi&text=Hello+there").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 0, "refused for now");
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 0, "not due yet");
    test.hands.set(NOON + 61_000);
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 1);
    let told = server.await.unwrap();
    assert!(told.contains("Subject: Hi") && told.contains("Hello there"), "{told}");
    test.hands.set(NOON + 3_600_000);
    assert_eq!(mail::deliver_due(&test.site, &carrier).await.unwrap(), 0, "sent once");
}

/// A value of a form.
pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn a_foreign_page_that_hides_its_origin_changes_nothing() {
    let database = sqlite();
    let test = edition(&database).await;
    let send = async |referer: &str| {
        let request = Request::post("/contact")
            .header(header::HOST, "review.example")
            .header(header::REFERER, referer)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = "name=Ann&email=ann%40example.org&text=Hello";
        ask(&test.site, request.body(Body::from(body)).unwrap()).await.status
    };
    assert_eq!(send("https://evil.example/review.example").await, StatusCode::FORBIDDEN);
    assert_eq!(send("https://review.example/contact").await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn no_spelling_of_an_address_leads_to_another_site() {
    let database = sqlite();
    let test = edition(&database).await;
    for path in ["/\\evil.example/", "//evil.example/", "///evil.example/", "/\\/evil.example/amp", "/%5Cevil.example/"]
    {
        let answer = get(&test.site, path).await;
        let to = answer.header(header::LOCATION);
        assert!(!to.starts_with("//") && !to.starts_with("/\\"), "{path} leads to {to}");
    }
    assert_eq!(get(&test.site, "/\\evil.example/").await.status, StatusCode::NOT_FOUND);
}
