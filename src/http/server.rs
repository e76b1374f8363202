//! Listens, serves, and stops without cutting anybody off.
//!
//! hyper itself, because `axum::serve` leaves connections no limits of their own: who gets a place
//! is in [`super::places`], how long it is kept in [`super::connection`].

pub use super::places::Limits;

use super::{
    connection::{Coming, Going, Life, Wire},
    log::Peer,
    places::{Place, Places},
};
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hyper::{
    body::Incoming,
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::graceful::GracefulConnection,
};
use socket2::SockRef;
use std::{convert::Infallible, future::Future, io::Write, net::IpAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tower::ServiceExt;

/// The largest head of a request.
const HEAD_BYTES: usize = 64 * 1024;
/// An HTTP/2 client that is gone without a word is noticed after this and twenty seconds.
const PING: Duration = Duration::from_secs(15);
/// What an HTTP/2 stream holds for a client that gives no room to send, at most, in bytes.
const HELD: usize = 32 * 1024;
/// Connections that the kernel has taken and this program has not yet; whoever comes when there
/// are more tries again after a second.
const COMING: i32 = 4_096;

/// What the kernel takes of an answer at once, in bytes. Its own first size (16 KB, tcp(7)) is
/// less than a page with a lively conversation, which then goes out in two turns with a wait
/// between; a fixed size also bounds what readers who don't read can make it hold.
const SENDING: usize = 128 * 1024;

/// What is answered on places that are kept for who asks whether the server lives.
const FOR_WATCHERS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Said to whoever gets no place, before anything is read.
const NO_PLACE: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

struct Server {
    http1: http1::Builder,
    http2: http2::Builder<TokioExecutor>,
    router: Router,
    stopping: watch::Sender<bool>,
}

/// Serves until `stop` comes true; then running requests are finished.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    // How long a head may take is part of how long a connection may be idle.
    let mut http1 = http1::Builder::new();
    http1.timer(TokioTimer::new()).header_read_timeout(None).max_buf_size(HEAD_BYTES);
    let mut http2 = http2::Builder::new(TokioExecutor::new());
    http2
        .timer(TokioTimer::new())
        .max_header_list_size(64 * 1024)
        .max_send_buf_size(HELD)
        .keep_alive_interval(Some(PING));
    let limits = Arc::new(limits);
    let places = Places::new(&limits);
    let server = Server { http1, http2, router, stopping: watch::Sender::new(false) };
    prepare(&listener);
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = async { places.settled().await; listener.accept().await } => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: a moment later there are some again.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let peer = peer.ip().to_canonical();
        match places.enter(peer) {
            Some(place) => server.take(stream, peer, place),
            None => refuse(stream),
        }
    }
    drop(listener);
    server.stopping.send_replace(true);
    if tokio::time::timeout(limits.stopping, server.stopping.closed()).await.is_err() {
        tracing::warn!("some requests took too long to finish and were cut off");
    }
}

/// What each connection has from its listener. Without it answers are slower, not wrong.
fn prepare(listener: &TcpListener) {
    let socket = SockRef::from(listener);
    for done in [socket.set_send_buffer_size(SENDING), socket.listen(COMING)] {
        if let Err(error) = done {
            tracing::debug!(%error, "the listening socket stays as it is");
        }
    }
}

impl Server {
    fn take(&self, stream: TcpStream, peer: IpAddr, place: Place) {
        // Answers are small and whole: waiting for more to send only costs time.
        let _ = stream.set_nodelay(true);
        let life = place.life.clone();
        let (kept, router, counted) = (place.is_kept(), self.router.clone(), life.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let running = Arc::new(counted.request(request.version()));
            let router = router.clone();
            // On the heap only while it runs: a connection keeps room for its service's future, and
            // a stream is a connection whose request was answered long ago.
            Box::pin(async move {
                let response = if kept && !FOR_WATCHERS.contains(&request.uri().path()) {
                    full()
                } else {
                    let mut request = request.map(|body| Body::new(Coming::new(body, &running)));
                    request.extensions_mut().insert(Peer(peer));
                    router.oneshot(request).await?
                };
                Ok::<_, Infallible>(response.map(|body| Going::new(body, running)))
            })
        });
        let (http1, http2) = (self.http1.clone(), self.http2.clone());
        let mut stopping = self.stopping.subscribe();
        tokio::spawn(async move {
            let mut wire = Wire::new(stream, &life);
            let http2_spoken = tokio::select! {
                biased;
                spoken = wire.speaks_http2() => spoken.ok(),
                () = life.over() => None,
                _ = stopping.wait_for(|stopping| *stopping) => None,
            };
            let wire = TokioIo::new(wire);
            // On the heap, so that the many that speak HTTP/1 don't keep room for it.
            let ended = match http2_spoken {
                Some(true) => Box::pin(attend(http2.serve_connection(wire, service), &life, &mut stopping)).await,
                Some(false) => attend(http1.serve_connection(wire, service), &life, &mut stopping).await,
                None => Ok(()),
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
}

/// Serves a connection until it ends, has lasted too long, or the server stops.
async fn attend<C: GracefulConnection>(
    connection: C,
    life: &Life,
    stopping: &mut watch::Receiver<bool>,
) -> Result<(), C::Error> {
    tokio::pin!(connection);
    tokio::select! {
        biased;
        ended = connection.as_mut() => return ended,
        () = life.over() => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
    connection.as_mut().graceful_shutdown();
    tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        () = life.gone() => Ok(()),
    }
}

/// On a place that is kept for other requests.
fn full() -> Response {
    let headers =
        [(header::RETRY_AFTER, HeaderValue::from_static("5")), (header::CONNECTION, HeaderValue::from_static("close"))];
    (StatusCode::SERVICE_UNAVAILABLE, headers).into_response()
}

/// Says that there is no place, where the kernel takes the words at once, and closes.
fn refuse(stream: TcpStream) {
    if let Ok(mut stream) = stream.into_std() {
        let _ = stream.write(NO_PLACE);
    }
}
