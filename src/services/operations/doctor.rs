//! Looks at settings, database, folders and clock, and says what to mend.

use super::upgrade;
use crate::services::{
    Site,
    mail::{Carrier, dns},
    newsletter::issues,
    site::{proxies, supervision},
};
use crate::{
    domain::time::Timestamp,
    storage::{
        StorageError, articles, mails,
        newsletter::{letters as stored, subscribers},
    },
};
use std::path::Path;

/// What one look found.
pub struct Finding {
    /// What was looked at.
    pub what: String,
    /// How it is.
    pub state: State,
}

/// How something is.
#[derive(Debug)]
pub enum State {
    /// Right, with a figure.
    Good(String),
    /// It works, but should be mended.
    Weak(String),
    /// It does not work.
    Bad(String),
}

/// What there is to say before a site is opened: opening a file that isn't there makes it,
/// opening a database of an older version changes it, and looking should change nothing.
pub async fn before_opening(config: &crate::config::Config) -> Result<Option<String>, StorageError> {
    let path = config.database.url.strip_prefix("sqlite:").unwrap_or_default();
    let path = path.strip_prefix("//").unwrap_or(path).split('?').next().unwrap_or_default();
    if !path.is_empty() && !path.contains(":memory:") && !Path::new(path).exists() {
        return Ok(Some(format!(
            "note  database: {path} is not there yet; `pressroom serve` and `pressroom import` make it. The settings were read and are right."
        )));
    }
    upgrade::pending(config).await
}

/// Looks at everything.
pub async fn examine(site: &Site) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |what: &str, state| findings.push(Finding { what: what.to_owned(), state });
    add("settings", State::Good(format!("read; the site is {}", site.config.site.base_url)));
    add("address", address(site));
    add("proxies", named_proxies(site).await);
    add("database", database(site).await);
    add("media store", media_store(site).await);
    if site.config.mail.smtp.is_empty() {
        let state = match folder(&site.config.mail.folder) {
            State::Good(_) if site.config.site.base_url.starts_with("https://") => State::Weak(format!(
                "no mail server is set, and readers come by https: sign-ups, letters and notices become files in {}; set [mail] smtp",
                site.config.mail.folder.display()
            )),
            State::Good(_) => State::Weak(format!(
                "no mail server is set, so mails become files in {}; set [mail] smtp to send them",
                site.config.mail.folder.display()
            )),
            other => other,
        };
        add("mail", state);
    } else {
        add("mail", mail_server(site).await);
        // On this machine alone nobody looks at what DNS says.
        if site.config.site.base_url.starts_with("https://") {
            add("sender", sender(site).await);
        }
    }
    add("outbox", outbox(site).await);
    add("returned mails", returned_mails(&site.config.mail));
    add("letters", letters_leave(site).await);
    add("held letters", held_letters(site).await);
    add("workers", workers(site).await);
    add("search index", folder(&site.config.search.folder));
    add("clock", clock(site));
    findings
}

fn address(site: &Site) -> State {
    let local = site.config.server.address.ip().is_loopback();
    match (site.config.site.base_url.starts_with("https://"), local) {
        (true, _) => State::Good("readers come by https".into()),
        (false, true)
            if site.config.site.base_url.contains("127.0.0.1") || site.config.site.base_url.contains("localhost") =>
        {
            State::Good("on this machine alone".into())
        }
        _ => State::Weak(
            "readers come by http; put a proxy with TLS in front and set [site] base_url to https://…".into(),
        ),
    }
}

async fn named_proxies(site: &Site) -> State {
    let named = &site.config.server.trusted_proxies;
    match proxies::stored_fault(site).await {
        Ok(Some(fault)) => State::Weak(fault),
        Ok(None) if named.is_empty() => State::Good("none is named, and none was noticed".into()),
        Ok(None) => {
            let named: Vec<_> = named.iter().map(ToString::to_string).collect();
            State::Good(format!("believed: {}", named.join(", ")))
        }
        Err(error) => State::Bad(error.to_string()),
    }
}

async fn database(site: &Site) -> State {
    let version = match site.db.version().await {
        Ok(version) => version,
        Err(error) => return State::Bad(format!("{error}; is [database] url right, and does the database run?")),
    };
    match site.db.damage().await {
        Ok(None) => {}
        Ok(Some(damage)) => return State::Bad(format!("{damage}; restore the last back-up into a new database")),
        Err(error) => return State::Bad(error.to_string()),
    }
    match articles::count_seen(&site.db, site.now()).await {
        Ok(count) => State::Good(format!("{} {version}, {count} articles for readers", site.db.name())),
        Err(error) => State::Bad(format!("{error}; `pressroom upgrade` brings the tables up to date")),
    }
}

async fn media_store(site: &Site) -> State {
    let shown = site.store.shown();
    match site.store.test().await {
        Ok(()) => State::Good(format!("{shown} can be written to")),
        Err(error) => State::Bad(format!("{shown}: {error}; is [media] url right, and may pressroom write there?")),
    }
}

fn folder(path: &Path) -> State {
    let shown = path.display();
    if let Err(error) = std::fs::create_dir_all(path) {
        return State::Bad(format!(
            "{shown}: {error}; make the folder and give it to the user under whom pressroom runs"
        ));
    }
    match tempfile::NamedTempFile::new_in(path) {
        Ok(_) => State::Good(format!("{shown} can be written to")),
        Err(error) => State::Bad(format!("{shown}: {error}; give the folder to the user under whom pressroom runs")),
    }
}

async fn mail_server(site: &Site) -> State {
    match Carrier::new(&site.config.mail) {
        Ok(carrier) => match carrier.test().await {
            Ok(()) => State::Good("the mail server answers".into()),
            Err(error) => State::Bad(format!("{error}; is [mail] smtp right?")),
        },
        Err(error) => State::Bad(format!("{error}; is [mail] smtp right?")),
    }
}

fn returned_mails(mail: &crate::config::Mail) -> State {
    let maildir = &mail.bounces;
    match (maildir.as_os_str().is_empty(), mail.return_path.is_empty()) {
        (true, true) => State::Good("read from no mailbox; a provider’s webhook may tell of them".into()),
        (true, false) => State::Weak(format!(
            "letters come back to {}, and nobody reads it: name its maildir in [mail] bounces",
            mail.return_path
        )),
        (false, _) if !maildir.join("new").is_dir() => State::Weak(format!(
            "{} is no maildir (it has no folder new) until the first mail lies in it; is [mail] bounces right?",
            maildir.display()
        )),
        (false, _) => State::Good(format!("read from {}", maildir.display())),
    }
}

async fn sender(site: &Site) -> State {
    let mail = &site.config.mail;
    match dns::faults(mail).await {
        Err(error) => State::Weak(format!("DNS could not be asked about {}: {error}", mail.from)),
        Ok(faults) if faults.is_empty() && mail.dkim_selector.is_empty() => {
            State::Good(format!("SPF and DMARC of {} stand in DNS; mails are not signed by this program", mail.from))
        }
        Ok(faults) if faults.is_empty() => State::Good(format!("SPF, DKIM and DMARC of {} stand in DNS", mail.from)),
        Ok(faults) => State::Weak(faults.join("; ")),
    }
}

async fn outbox(site: &Site) -> State {
    let now = site.now();
    match mails::lost(&site.db, now.plus(-7 * Timestamp::DAY)).await {
        Ok((0, _)) => {}
        Ok((count, fault)) => {
            let fault = fault.unwrap_or_default();
            return State::Weak(format!("{count} mails were refused for good within a week; the last: {fault}"));
        }
        Err(error) => return State::Bad(error.to_string()),
    }
    match mails::waiting(&site.db).await {
        Ok((0, _)) => State::Good("empty".into()),
        Ok((count, None)) => State::Good(format!("{count} mails wait")),
        Ok((count, Some(fault))) => State::Weak(format!("{count} mails wait; the last fault: {fault}")),
        Err(error) => State::Bad(error.to_string()),
    }
}

/// Whether letters may leave: nobody is waiting for one where there are no readers yet.
async fn letters_leave(site: &Site) -> State {
    let readers = async { Ok((issues::is_addressed(site).await?, subscribers::counts(&site.db).await?)) };
    match readers.await {
        Err::<_, crate::services::StorageError>(error) => State::Bad(error.to_string()),
        Ok((true, _)) => State::Good("they may leave: a postal address stands below them".into()),
        Ok((false, counts)) if counts.values().all(|count| *count == 0) => State::Weak(issues::UNADDRESSED.into()),
        Ok((false, _)) => State::Bad(issues::UNADDRESSED.into()),
    }
}

/// Letters that were held by themselves.
async fn held_letters(site: &Site) -> State {
    match stored::braked(&site.db, 10).await {
        Ok(held) if held.is_empty() => State::Good("none is held".into()),
        Ok(held) => {
            let line = |letter: &stored::Letter| {
                format!(
                    "letter {} (“{}”) is held: {} Then: pressroom newsletter resume {}",
                    letter.id, letter.subject, letter.why, letter.id
                )
            };
            State::Bad(held.iter().map(line).collect::<Vec<_>>().join("; "))
        }
        Err(error) => State::Bad(error.to_string()),
    }
}

/// What a running server does by itself, and can't.
async fn workers(site: &Site) -> State {
    match supervision::failing(site).await {
        Ok(failing) if failing.is_empty() => State::Good("none is known to fail".into()),
        Ok(failing) => {
            let line =
                |one: &supervision::Failing| format!("{} fails ({} times): {}", one.name, one.failures, one.fault);
            State::Bad(failing.iter().map(line).collect::<Vec<_>>().join("; "))
        }
        Err(error) => State::Bad(error.to_string()),
    }
}

/// 2025-01-01: no machine that runs this program is right in thinking it is earlier.
const BUILT_AFTER: i64 = 1_735_689_600_000;

fn clock(site: &Site) -> State {
    if site.now().0 < BUILT_AFTER {
        return State::Bad("the machine's clock is years behind; set it (NTP)".into());
    }
    let zone = &site.config.edition.time_zone;
    State::Good(format!("it is {} in {zone}", crate::calendar::Calendar::new(zone, "en").date_time(site.now())))
}
