//! Listens, serves, and stops without cutting anybody off.
//!
//! hyper-util's own builder, because axum's has no limit on the time that a
//! client takes to send its headers.

use super::log::Peer;
use axum::{Router, extract::Request};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use socket2::SockRef;
use std::{future::Future, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// The longest that headers may take to arrive; also how long an idle connection is kept.
const HEADERS: Duration = Duration::from_secs(15);
/// The largest head of a request.
const HEAD_BYTES: usize = 64 * 1024;
/// Connections at the same time; more wait to be accepted.
const CONNECTIONS: usize = 8_000;
/// The longest that a stop waits for running requests.
const STOPPING: Duration = Duration::from_secs(30);

/// The longest that a client may leave an answer unread before it is cut off.
const UNREAD: Duration = Duration::from_secs(30);

/// What the kernel takes of an answer at once, in bytes. Its own first size (16 KB, tcp(7)) is
/// less than a page with a lively conversation, which then goes out in two turns with a wait
/// between; a fixed size also bounds what readers who don't read can make it hold.
const SENDING: usize = 128 * 1024;

/// Serves until `stop` comes true; then running requests are finished.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADERS).max_buf_size(HEAD_BYTES);
    builder.http2().timer(TokioTimer::new()).max_header_list_size(64 * 1024).keep_alive_interval(Some(HEADERS));
    let builder = Arc::new(builder);
    let graceful = GracefulShutdown::new();
    // Each connection has it from the listener. Without it answers are slower, not wrong.
    if let Err(error) = SockRef::from(&listener).set_send_buffer_size(SENDING) {
        tracing::debug!(%error, "the size of what is sent at once could not be set");
    }
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(stop);
    loop {
        // The semaphore is never closed, so a place always comes.
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place,
            () = &mut stop => break,
        };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
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
        // Answers are small and whole: waiting for more to send only costs time.
        let _ = stream.set_nodelay(true);
        let service = router.clone().map_request(move |mut request: Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            request
        });
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(UNREAD));
        let connection =
            builder.serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service)).into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(STOPPING, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests took too long to finish and were cut off");
    }
}
