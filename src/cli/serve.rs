//! `pressroom serve`

use crate::{
    assets,
    http::{pack_all, router, server},
    services::{
        Site,
        analytics::{reads, shares},
        mail::Carrier,
        newsletter::counts,
        operations::{builds, workers},
        site::frame,
    },
};
use anyhow::Context;
use std::process::ExitCode;
use tokio::net::TcpListener;

/// Open files that every system allows.
const FILES: u64 = 1_024;

/// Serves until it is told to stop.
pub async fn run(site: &Site) -> anyhow::Result<ExitCode> {
    if !assets::complete() {
        eprintln!(
            "pressroom: this program was built without its front end; build it with `make build` (pages work, islands don’t)"
        );
    }
    let address = site.config.server.address;
    let listener =
        TcpListener::bind(address).await.with_context(|| format!("[server] address {address} can’t be listened on"))?;
    let carrier = Carrier::new(&site.config.mail).context("[mail] smtp")?;
    // Whoever comes first should not wait for it, and a database that can't
    // answer should be known now.
    let front = frame::front(site).await?;
    if !crate::domain::words::has_table(&front.edition.language) {
        tracing::warn!(
            language = front.edition.language,
            "the interface has no words in this language; it speaks English"
        );
    }
    let mut workers = workers::start(site, carrier);
    let bound = listener.local_addr()?;
    eprintln!("{} is open at http://{bound}", front.edition.name);
    if crate::services::accounts::nobody(site).await? {
        eprintln!(
            "The newsroom has no account yet. The first one: pressroom user add you@example.org --name 'Your Name' --role admin"
        );
    }
    let app = router::app(site.clone());
    // Takes seconds, and nobody has to wait for it, a stop neither.
    std::thread::spawn(pack_all);
    let (pages, live) = (app.pages.clone(), app.live.clone());
    // They begin with all that they may have missed.
    workers.add("the page cache", move || {
        let pages = pages.clone();
        async move {
            pages.follow().await;
            Ok(())
        }
    });
    workers.add("the live streams", move || {
        let live = live.clone();
        async move {
            live.follow().await;
            Ok(())
        }
    });
    let live = app.live.clone();
    // Each reader with a live stream holds a connection.
    let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or_else(|error| {
        tracing::warn!(%error, "the limit of open files stays as it is");
        FILES
    });
    if !cfg!(debug_assertions) {
        let site = site.clone();
        workers.once("keeping the browser’s files", async move {
            if let Err(error) = builds::keep_own(&site).await {
                tracing::warn!(%error, "the browser’s files of this build are not in the media store");
            }
        });
    }
    let close = workers.closer();
    let limits = server::Limits::new(&site.config.server, files);
    // The other connections are for those who read.
    live.at_most(limits.connections / 4 * 3);
    let stopping = async {
        stop().await;
        close();
        // Streams never end by themselves, and a stop waits for all that runs.
        live.close();
    };
    server::serve(listener, app.router, limits, stopping).await;
    workers.end().await;
    for written in [reads::write(site).await, shares::write(site).await, counts::write(site).await] {
        if let Err(error) = written {
            tracing::warn!(%error, "what readers did last was not counted");
        }
    }
    eprintln!("Stopped.");
    Ok(ExitCode::SUCCESS)
}

/// Comes true on Ctrl-C or SIGTERM.
async fn stop() {
    let interrupt = async {
        // Where the signal can't be waited for, the other one still can.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
