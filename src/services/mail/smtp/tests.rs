//! A server of this file's own on loopback, which answers by a script.

use super::*;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

/// Answers each command by the script, by how it begins; what has no answer there is never
/// answered. `""` is the greeting, `.` the end of a mail's text.
async fn server(script: &'static [(&'static str, &'static str)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (read, mut write) = stream.into_split();
                let mut lines = BufReader::new(read).lines();
                let (mut line, mut text) = (String::new(), false);
                loop {
                    let answer = script.iter().find(|(begin, _)| match *begin {
                        "" => line.is_empty() && !text,
                        begin => line.starts_with(begin) && (!text || line == "."),
                    });
                    if let Some((begin, answer)) = answer {
                        text = *begin == "DATA" && answer.starts_with("354");
                        let written = write.write_all(format!("{answer}\r\n").as_bytes()).await;
                        if written.is_err() || *begin == "QUIT" {
                            return;
                        }
                    }
                    match lines.next_line().await {
                        Ok(Some(next)) => line = if next.is_empty() { " ".into() } else { next },
                        _ => return,
                    }
                }
            });
        }
    });
    format!("smtp://user:pass%20word@{address}/me.example")
}

const ALL: [(&str, &str); 9] = [
    ("", "220 here"),
    ("EHLO me.example", "250-here\r\n250 AUTH PLAIN"),
    ("AUTH PLAIN AHVzZXIAcGFzcyB3b3Jk", "235 welcome"),
    ("MAIL", "250 ok"),
    ("RCPT", "250 ok"),
    ("DATA", "354 go on"),
    (".", "250 taken"),
    ("RSET", "250 ok"),
    ("QUIT", "221 bye"),
];

fn deadlines() -> Deadlines {
    // Long enough for a machine that does much else.
    let [connect, command, data] = [4, 2, 2].map(Duration::from_secs);
    Deadlines { connect, command, data }
}

async fn hand_over(script: Vec<(&'static str, &'static str)>) -> Result<(), Fault> {
    let pool = Pool::new(&server(script.leak()).await, deadlines()).unwrap();
    pool.hand_over(&envelope(), b"Subject: Hi\r\n\r\nHello").await
}

fn envelope() -> Envelope {
    let [from, to] = ["from@example.org", "to@example.org"].map(|text| text.parse().unwrap());
    Envelope::new(Some(from), vec![to]).unwrap()
}

const STAGES: [(&str, Stage); 7] = [
    ("", Stage::Greeting),
    ("EHLO me.example", Stage::Greeting),
    ("AUTH PLAIN AHVzZXIAcGFzcyB3b3Jk", Stage::Authentication),
    ("MAIL", Stage::Sender),
    ("RCPT", Stage::Recipient),
    ("DATA", Stage::Data),
    (".", Stage::Data),
];

#[tokio::test]
async fn a_server_that_falls_silent_is_noticed_at_each_step() {
    hand_over(ALL.to_vec()).await.unwrap();
    let silent = STAGES.map(async |(step, stage)| {
        let fault = hand_over(ALL.into_iter().filter(|(begin, _)| *begin != step).collect()).await.unwrap_err();
        assert!(matches!(&fault, Fault::Silent { .. }) && fault.stage() == stage, "{step}: {fault:?}");
    });
    let all = futures_util::future::join_all(silent);
    assert!(tokio::time::timeout(3 * deadlines().whole(), all).await.is_ok(), "it waits for ever");
}

#[tokio::test]
async fn a_refusal_tells_where_it_came() {
    for (step, stage) in STAGES {
        let script = ALL.into_iter().map(|(begin, answer)| match begin == step {
            true => (begin, "550-5.7.1 no\r\n550 5.7.1 thanks"),
            false => (begin, answer),
        });
        let fault = hand_over(script.collect()).await.unwrap_err();
        let Fault::Refused { code: 550, text, .. } = &fault else { panic!("{step}: {fault:?}") };
        assert!(fault.stage() == stage && text.starts_with("5.7.1 no"), "{step}: {fault:?}");
    }
}

#[tokio::test]
async fn a_kept_connection_that_was_closed_costs_nothing() {
    let script: &'static [(&str, &str)] = ALL.to_vec().leak();
    let pool = Pool::new(&server(script).await, deadlines()).unwrap();
    pool.hand_over(&envelope(), b"Hello").await.unwrap();
    assert_eq!(pool.idle().connections.len(), 1);
    // Its other end is gone.
    let mut closed = pool.idle().connections.pop().unwrap();
    closed.0.quit().await.unwrap();
    pool.idle().connections.push(closed);
    pool.hand_over(&envelope(), b"Hello").await.unwrap();
}

#[test]
fn addresses_are_read() {
    let read = |address| Server::new(address, deadlines());
    for (address, port, tls) in [
        ("smtp://mail.example", 25, "None"),
        ("smtp://mail.example:2525", 2525, "None"),
        ("smtp://a:b@mail.example?tls=required", 587, "Required"),
        ("smtp://a:b@mail.example?tls=opportunistic", 587, "Opportunistic"),
        ("smtps://a:b@mail.example", 465, "Wrapper"),
    ] {
        let server = read(address).unwrap_or_else(|fault| panic!("{address}: {fault}"));
        assert_eq!((server.port, format!("{:?}", server.tls).as_str()), (port, tls), "{address}");
        assert_eq!(server.credentials.is_some(), address.contains('@'), "{address}");
    }
    for wrong in ["smtp://", "http://mail.example", "smtp://mail.example?tls=perhaps", "smtp://a:%ff@mail.example"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}
