//! Connections over real sockets, with short deadlines: who says nothing is let go, nobody
//! takes all places, and there is always room to ask whether the server lives.

use axum::{
    Router,
    body::Bytes,
    routing::{get, post},
};
use pressroom::http::server::{Limits, serve};
use std::{future::pending, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::oneshot,
    task::JoinHandle,
};

const SHORT: Duration = Duration::from_millis(150);
/// Only a fault takes so long.
const LONG: Duration = Duration::from_secs(60);
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];
/// SETTINGS_INITIAL_WINDOW_SIZE is 0 (RFC 9113, 6.5.2): no room for an answer's body.
const NO_ROOM: &[u8] = &[0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0];
const PING: &[u8] = &[0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];

struct Open {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

/// A small site: `/wait` works for ever, `/large` has much to say.
async fn open(change: impl FnOnce(&mut Limits)) -> Open {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::common::config(folder.path(), "sqlite:p.db").server;
    let mut limits = Limits::new(&server, 1_024);
    (limits.watchers, limits.per_address) = (vec!["127.0.0.9".parse().unwrap()], 100);
    change(&mut limits);
    let router = Router::new()
        .route("/", get(async || "here"))
        .route("/healthz", get(async || "ok"))
        .route("/large", get(async || vec![b'x'; 4_000_000]))
        .route("/echo", post(async |body: Bytes| body))
        .route("/wait", get(pending::<()>));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let running = tokio::spawn(serve(listener, router, limits, async {
        let _ = stopped.await;
    }));
    Open { address, stop, running }
}

/// Whoever is silent is let go soon.
fn quick(limits: &mut Limits) {
    (limits.first, limits.idle, limits.unread, limits.leaving) = (SHORT, SHORT, SHORT, SHORT);
}

impl Open {
    /// A connection from 127.0.0.`from`, with what is said at once.
    async fn connect(&self, from: u8, said: &[u8]) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from(([127, 0, 0, from], 0))).unwrap();
        let mut stream = socket.connect(self.address).await.unwrap();
        // Whoever has no place is closed before.
        let _ = stream.write_all(said).await;
        stream
    }

    async fn get(&self, from: u8, path: &str) -> String {
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        ended(self.connect(from, request.as_bytes()).await, b"").await
    }

    /// A request that runs: its connection, once the server has its head.
    async fn busy(&self, from: u8, head: &str) -> TcpStream {
        let mut stream = self.connect(from, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
        let mut answer = [0; 4_096];
        assert!(stream.read(&mut answer).await.unwrap() > 0);
        stream.write_all(head.as_bytes()).await.unwrap();
        stream
    }
}

/// What the server says until it closes, while the client says something again and again.
async fn ended(mut stream: TcpStream, again: &[u8]) -> String {
    let mut said = Vec::new();
    let mut buffer = [0; 16_384];
    let closing = async {
        loop {
            tokio::select! {
                read = stream.read(&mut buffer) => match read {
                    Ok(0) | Err(_) => return,
                    Ok(count) => said.extend_from_slice(&buffer[..count]),
                },
                () = tokio::time::sleep(Duration::from_millis(10)), if !again.is_empty() => {
                    if stream.write_all(again).await.is_err() {
                        return;
                    }
                }
            }
        }
    };
    tokio::time::timeout(LONG, closing).await.expect("the server closes it");
    String::from_utf8_lossy(&said).into_owned()
}

/// `GET path` on the first stream of an HTTP/2 connection: HEADERS with fields of HPACK's static
/// table (RFC 7541, appendix A), the path as a literal.
fn http2_get(settings: &[u8], path: &str) -> Vec<u8> {
    let mut fields = vec![0x82, 0x86, 0x04, path.len() as u8];
    fields.extend_from_slice(path.as_bytes());
    fields.extend_from_slice(&[0x41, 1, b'x']);
    let mut all = [PREFACE, settings].concat();
    all.extend_from_slice(&[0, 0, fields.len() as u8, 1, 0x05, 0, 0, 0, 1]);
    all.extend_from_slice(&fields);
    all
}

#[tokio::test]
async fn whoever_says_nothing_is_let_go() {
    let open = open(quick).await;
    let asked = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".as_slice();
    for (what, said, again) in [
        ("nothing", b"".as_slice(), b"".as_slice()),
        ("one byte", b"G", b""),
        ("half a preface", &PREFACE[..12], b""),
        ("a preface", PREFACE, b""),
        ("half a head", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", b""),
        ("a head byte by byte", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"x"),
        ("HTTP/2 without a request", &[PREFACE, SETTINGS].concat(), b""),
        ("HTTP/2 that pings", &[PREFACE, SETTINGS].concat(), PING),
        ("nothing after an answer", asked, b""),
        ("half a head after an answer", &[asked, b"GET /"].concat(), b""),
        ("HTTP/2 after an answer", &http2_get(SETTINGS, "/"), b""),
        ("HTTP/2 that pings after an answer", &http2_get(SETTINGS, "/"), PING),
        ("HTTP/2 without room for an answer", &http2_get(NO_ROOM, "/large"), PING),
    ] {
        let answered = ended(open.connect(2, said).await, again).await;
        let wanted = what.ends_with("after an answer");
        assert_eq!(answered.contains("here"), wanted, "{what}: {answered:?}");
    }
}

#[tokio::test]
async fn whoever_works_is_not_let_go() {
    let open = open(quick).await;
    let mut slow = open.connect(2, b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n").await;
    let mut wide = open.connect(2, &http2_get(SETTINGS, "/wait")).await;
    for _ in 0..12 {
        // Longer than a connection may be idle, all in all.
        tokio::time::sleep(SHORT / 4).await;
        slow.write_all(b"x").await.unwrap();
        wide.write_all(PING).await.unwrap();
    }
    let mut answer = [0; 4_096];
    let count = slow.read(&mut answer).await.unwrap();
    assert!(String::from_utf8_lossy(&answer[..count]).starts_with("HTTP/1.1 200"));
    assert!(wide.write_all(PING).await.is_ok());
}

#[tokio::test]
async fn one_address_does_not_take_the_places_of_others() {
    let open = open(|limits| limits.per_address = 5).await;
    let mut mine = Vec::new();
    for _ in 0..5 {
        mine.push(open.busy(2, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n").await);
    }
    let mut refused = open.get(2, "/").await;
    // The last head may not have been read when the next connection comes.
    while refused.contains("here") {
        refused = open.get(2, "/").await;
    }
    assert!(refused.is_empty() || refused.contains("503") && refused.contains("Retry-After"), "{refused}");
    assert!(open.get(3, "/").await.contains("here"));
    drop(mine);
}

#[tokio::test]
async fn silent_ones_give_way_when_all_places_are_taken() {
    let open = open(|limits| limits.connections = 20).await;
    let mut silent = Vec::new();
    for n in 0..200 {
        let said = [b"".as_slice(), b"G", &PREFACE[..12], &[PREFACE, SETTINGS].concat()][n % 4].to_vec();
        silent.push(open.connect(2 + (n % 5) as u8, &said).await);
        if n % 20 == 0 {
            assert!(open.get(8, "/").await.contains("here"));
        }
    }
    assert!(open.get(8, "/").await.contains("here"));
}

#[tokio::test]
async fn slow_ones_give_way_and_health_checks_have_room() {
    let open = open(|limits| (limits.connections, limits.hurry) = (4, SHORT)).await;
    let mut waiting = Vec::new();
    for n in 0..4 {
        waiting.push(open.busy(2 + n, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf").await);
    }
    // Once they have waited long enough, whoever comes gets a place.
    while !open.get(8, "/").await.contains("here") {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let mut working = Vec::new();
    for n in 0..4 {
        working.push(open.busy(2 + n, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n").await);
    }
    while open.get(8, "/").await.contains("here") {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(open.get(9, "/healthz").await.ends_with("ok"), "health checks have room");
    let other = open.get(9, "/").await;
    assert!(other.contains("503") && other.contains("retry-after"), "{other}");
    drop((waiting, working));
}

#[tokio::test]
async fn a_stop_does_not_wait_for_silent_ones() {
    let open = open(|limits| limits.leaving = SHORT).await;
    let mut all = Vec::new();
    for said in [b"".to_vec(), b"G".to_vec(), [PREFACE, SETTINGS].concat(), http2_get(SETTINGS, "/")] {
        all.push(open.connect(2, &said).await);
    }
    // The last of them was taken once it is answered.
    let mut answer = [0; 1_024];
    while !answer.windows(4).any(|part| part == b"here") {
        assert!(all[3].read(&mut answer).await.unwrap() > 0);
    }
    open.stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(10), open.running).await.expect("it stops").unwrap();
}
