//! The life of a connection: what it waits for, and until when.
//!
//! hyper has no limit on the time that a client takes to say which version of HTTP it
//! speaks, none on an idle HTTP/2 connection whose client answers pings, and none on
//! one whose client gives no room to send (RFC 9113, 5.2). So requests are counted here, from
//! their head to the end of their answer; whatever else goes over the wire is no life.

use super::places::Limits;
use axum::{body::Body, http::Version};
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::Notify,
    time::{Instant, sleep_until},
};

/// The first bytes of an HTTP/2 connection (RFC 9113, 3.4); no request of HTTP/1 begins so.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// HTTP/2 gets an answer in pieces of this size: each is asked for only when there is room for
/// it, so whoever takes nothing is known, and an answer that was handed over is nearly sent.
const PIECE: usize = 16 * 1024;

/// What a connection does just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Nothing, since then: no request has come, or the next is waited for.
    Idle(Instant),
    /// It waits for its client, since then: for the rest of a request, or until an answer is taken.
    Waiting(Instant),
    /// It works for a request, or tells what happens.
    Working,
}

/// What is known of a connection. Shared by its task, its requests and the places.
pub struct Life {
    limits: Arc<Limits>,
    /// How long it may be idle between two requests.
    idle: Duration,
    known: Mutex<Known>,
    sent_away: Notify,
}

struct Known {
    http2: bool,
    /// A request has come at some time.
    asked: bool,
    /// Those that are not answered to the end, with the moment since when each waits for the client.
    requests: Vec<(u64, Option<Instant>)>,
    next: u64,
    /// Since when no request runs.
    quiet: Instant,
    /// Since when the socket takes nothing.
    blocked: Option<Instant>,
    /// Its place was given to somebody else.
    displaced: bool,
}

impl Known {
    fn doing(&self) -> Doing {
        if let Some(since) = self.blocked {
            return Doing::Waiting(since);
        }
        if self.requests.is_empty() {
            return Doing::Idle(self.quiet);
        }
        let waiting: Option<Vec<Instant>> = self.requests.iter().map(|(_, since)| *since).collect();
        match waiting.and_then(|all| all.into_iter().max()) {
            Some(since) => Doing::Waiting(since),
            None => Doing::Working,
        }
    }
}

impl Life {
    /// It begins.
    pub fn new(limits: &Arc<Limits>, idle: Duration) -> Arc<Self> {
        let known = Known {
            http2: false,
            asked: false,
            requests: Vec::new(),
            next: 0,
            quiet: Instant::now(),
            blocked: None,
            displaced: false,
        };
        Arc::new(Self { limits: limits.clone(), idle, known: Mutex::new(known), sent_away: Notify::new() })
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it does just now.
    pub fn doing(&self) -> Doing {
        self.known().doing()
    }

    /// Its place is somebody else's: it ends, unless it has begun to work meanwhile.
    pub fn displace(&self) {
        self.known().displaced = true;
        self.sent_away.notify_one();
    }

    /// A request has come.
    pub fn request(self: &Arc<Self>, version: Version) -> Running {
        let mut known = self.known();
        known.asked = true;
        known.http2 |= version == Version::HTTP_2;
        known.next += 1;
        let id = known.next;
        known.requests.push((id, None));
        Running { life: self.clone(), id, pieces: known.http2 }
    }

    /// When it is over if nothing happens; `None` while a request is worked for.
    fn due(&self) -> Option<Instant> {
        let known = self.known();
        if let Some(since) = known.blocked {
            return Some(since + self.limits.unread);
        }
        if known.requests.is_empty() {
            return Some(known.quiet + if known.asked { self.idle } else { self.limits.first });
        }
        // One request that nobody takes the answer of ends all of its connection. HTTP/1 has
        // the socket for that; a body that comes slowly is the routes' to limit.
        let waiting = known.requests.iter().filter_map(|(_, since)| *since).filter(|_| known.http2);
        waiting.min().map(|since| since + self.limits.unread)
    }

    /// Comes true when it has lasted too long, or has to give its place away.
    pub async fn over(&self) {
        loop {
            let now = Instant::now();
            let look = match self.due() {
                Some(due) if due <= now => return,
                Some(due) => due,
                None => now + self.idle.min(self.limits.unread),
            };
            tokio::select! {
                () = sleep_until(look) => {}
                () = self.sent_away.notified() => return,
            }
        }
    }

    /// After it was asked to end: comes true when it is to be cut off. What was handed over
    /// has a while to be sent; whoever never asked, takes nothing or gave its place away has none.
    pub async fn gone(&self) {
        let asked_to = Instant::now();
        loop {
            let now = Instant::now();
            let look = {
                let due = self.due();
                let known = self.known();
                let at_once = known.displaced || !known.asked;
                match known.doing() {
                    Doing::Idle(since) if at_once || since.max(asked_to) + self.limits.leaving <= now => return,
                    Doing::Waiting(_) if known.displaced || due.is_some_and(|due| due <= now) => return,
                    Doing::Idle(since) => since.max(asked_to) + self.limits.leaving,
                    Doing::Waiting(_) | Doing::Working => now + self.limits.leaving.min(self.limits.unread),
                }
            };
            tokio::select! {
                () = sleep_until(look) => {}
                () = self.sent_away.notified() => {}
            }
        }
    }
}

/// A request that is not answered to the end. Dropped, it is.
pub struct Running {
    life: Arc<Life>,
    id: u64,
    pieces: bool,
}

impl Running {
    /// It waits for the client, or no longer.
    fn waits(&self, waits: bool) {
        let mut known = self.life.known();
        if let Some((_, since)) = known.requests.iter_mut().find(|(id, _)| *id == self.id) {
            *since = if waits { since.or_else(|| Some(Instant::now())) } else { None };
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut known = self.life.known();
        known.requests.retain(|(id, _)| *id != self.id);
        if known.requests.is_empty() {
            known.quiet = Instant::now();
        }
    }
}

/// The body of a request, which says when it waits for the client.
pub struct Coming {
    body: Incoming,
    running: Arc<Running>,
    waits: bool,
}

impl Coming {
    /// The body of a request.
    pub fn new(body: Incoming, running: &Arc<Running>) -> Self {
        Self { body, running: running.clone(), waits: false }
    }

    fn waits(&mut self, waits: bool) {
        if self.waits != waits {
            self.waits = waits;
            self.running.waits(waits);
        }
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.waits(false);
    }
}

impl HttpBody for Coming {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        self.waits(frame.is_pending());
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer; with its end the request's.
pub struct Going {
    body: Body,
    /// What is left of a frame that is cut into pieces.
    rest: Bytes,
    running: Arc<Running>,
}

impl Going {
    /// The body of an answer.
    pub fn new(body: Body, running: Arc<Running>) -> Self {
        Self { body, rest: Bytes::new(), running }
    }
}

impl HttpBody for Going {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if !self.running.pieces {
            return Pin::new(&mut self.body).poll_frame(cx);
        }
        self.running.waits(false);
        let frame = if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => frame,
                other => return Poll::Ready(other),
            }
        } else {
            Frame::data(std::mem::take(&mut self.rest))
        };
        // Until more is asked for, it is the client's turn.
        self.running.waits(true);
        Poll::Ready(Some(Ok(match frame.into_data() {
            Ok(mut data) => {
                if data.len() > PIECE {
                    self.rest = data.split_off(PIECE);
                }
                Frame::data(data)
            }
            Err(other) => other,
        })))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, body) = (self.rest.len() as u64, self.body.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}

/// The socket, which says when it takes nothing.
pub struct Wire {
    stream: TcpStream,
    life: Arc<Life>,
    blocked: bool,
    /// What came first, to see which version is spoken, and how much of it.
    first: [u8; PREFACE.len()],
    came: usize,
    /// How much of it was passed on.
    passed: usize,
}

impl Wire {
    /// The socket of a connection.
    pub fn new(stream: TcpStream, life: &Arc<Life>) -> Self {
        Self { stream, life: life.clone(), blocked: false, first: [0; PREFACE.len()], came: 0, passed: 0 }
    }

    /// Waits until the client has said which version it speaks: whether it is HTTP/2. Its bytes
    /// are read again as the first ones.
    pub async fn speaks_http2(&mut self) -> io::Result<bool> {
        while self.first[..self.came] == PREFACE[..self.came] {
            if self.came == PREFACE.len() {
                return Ok(true);
            }
            match self.stream.read(&mut self.first[self.came..]).await? {
                0 => return Ok(false),
                read => self.came += read,
            }
        }
        Ok(false)
    }

    fn wrote<T>(&mut self, result: Poll<T>) -> Poll<T> {
        if self.blocked != result.is_pending() {
            self.blocked = result.is_pending();
            let mut known = self.life.known();
            known.blocked = self.blocked.then(Instant::now);
            // Once asked, HTTP/1 writes nothing but answers, so somebody reads one. On HTTP/2 it
            // may be the answer to a ping.
            if known.asked && !known.http2 {
                known.quiet = Instant::now();
            }
        }
        result
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.passed == self.came {
            return Pin::new(&mut self.stream).poll_read(cx, into);
        }
        // With what has come since, in one turn: hyper makes room for each turn anew, and two of
        // them for one head would double what it keeps for as long as the connection lasts.
        let next = into.remaining().min(self.came - self.passed);
        into.put_slice(&self.first[self.passed..self.passed + next]);
        self.passed += next;
        match Pin::new(&mut self.stream).poll_read(cx, into) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            _ => Poll::Ready(Ok(())),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, from: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, from);
        self.wrote(result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, from);
        self.wrote(result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
