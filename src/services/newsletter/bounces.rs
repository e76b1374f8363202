//! Mails that come back, and complaints: out of a maildir, or told by a provider.
//!
//! A report in a maildir is believed where it holds the signed `Message-ID` of a letter of ours,
//! or came back to the signed address in its envelope: only who carried or got that letter
//! knows them. A provider's report is believed by the
//! secret in the address at which it is told.

pub(super) mod providers;
pub(super) mod returned;

use super::sending;
use crate::services::{
    Site,
    import::fetch::{Fetcher, is_public},
    mail::refusal::Verdict,
    site::secrets::hex,
};
use crate::{
    domain::newsletter::Standing,
    storage::{
        StorageError,
        newsletter::{
            deliveries,
            provider_events::{self, Claim},
            subscribers::{self, Subscriber},
        },
    },
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;

const LETTER: &str = "letter";
const RETURN: &str = "return path";
const HOOK: &str = "bounces";
/// A report is no larger than this; what is, holds a whole mail that nobody needs.
const MOST_BYTES: u64 = 2_000_000;

/// Providers whose reports are understood.
pub const PROVIDERS: [&str; 4] = ["mailgun", "postmark", "sendgrid", "ses"];

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// It was refused: whom that is about.
    Refused(Verdict),
    /// Its reader called it spam.
    Complaint,
}

/// What names a letter to one reader in its `Message-ID`: the rows, and a signature of them.
pub fn name(site: &Site, letter: i64, subscriber: i64) -> String {
    let rows = format!("{letter}.{subscriber}");
    let signature = site.secrets.sign(LETTER, &rows);
    format!("{rows}.{signature}")
}

/// The address in the envelope of a letter to one reader, where the settings name a mailbox for
/// what comes back: `mailbox+LETTER.READER.SIGNATURE@domain` (subaddresses, RFC 5233). Servers
/// that return a mail without its head name the reader by it.
pub fn return_path(site: &Site, letter: i64, subscriber: i64) -> Option<String> {
    let (mailbox, domain) = site.config.mail.return_path.split_once('@')?;
    let rows = format!("{letter}.{subscriber}");
    let signature = site.secrets.sign_short(RETURN, &rows);
    Some(format!("{mailbox}+{rows}.{signature}@{domain}"))
}

/// The letter and the reader of a name or an address that is ours.
fn named(site: &Site, text: &str) -> Option<(i64, i64)> {
    let read = |rest: &str, is_good: &dyn Fn(&str, &str) -> bool| {
        let mut parts = rest.splitn(4, '.');
        let (letter, subscriber, signature) = (parts.next()?, parts.next()?, parts.next()?);
        let good = is_good(&format!("{letter}.{subscriber}"), signature);
        Some((letter.parse().ok()?, subscriber.parse().ok()?)).filter(|_| good)
    };
    let by_name = |rows: &str, signature: &str| site.secrets.verify(LETTER, rows, signature);
    let by_address = |rows: &str, rest: &str| {
        rest.split_once('@').is_some_and(|(signature, _)| site.secrets.verify_short(RETURN, rows, signature))
    };
    let after = |start: &'static str| text.match_indices(start).map(move |(at, _)| &text[at + start.len()..]);
    after("letter.")
        .find_map(|rest| read(rest, &by_name))
        .or_else(|| after("+").find_map(|rest| read(rest, &by_address)))
}

/// Reads the reports that lie in the maildir, and puts them among what was read; answers how
/// many told of a letter of ours.
pub async fn look(site: &Site, folder: &Path) -> Result<usize, StorageError> {
    let told = |e| StorageError::Folder(folder.display().to_string(), e);
    let (new, read_ones) = (folder.join("new"), folder.join("cur"));
    if !new.is_dir() {
        return Ok(0);
    }
    std::fs::create_dir_all(&read_ones).map_err(told)?;
    let mut count = 0;
    for entry in std::fs::read_dir(&new).map_err(told)? {
        let entry = entry.map_err(told)?;
        if entry.metadata().map_err(told)?.len() <= MOST_BYTES {
            let raw = std::fs::read(entry.path()).map_err(told)?;
            if let Some(report) = returned::read(&raw)
                && let Some((letter, subscriber)) = returned::texts(&raw).iter().find_map(|text| named(site, text))
                && let Some(who) = subscribers::by_id(&site.db, subscriber).await?
            {
                note(site, Some(letter), &who, report).await?;
                count += 1;
            }
        }
        // `:2,S` says that it was seen (maildir).
        let seen = format!("{}:2,S", entry.file_name().to_string_lossy());
        std::fs::rename(entry.path(), read_ones.join(seen)).map_err(told)?;
    }
    Ok(count)
}

fn fault(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::RecipientGone => "came back: there is no such address",
        Verdict::Ours => "came back: refused because of us",
        Verdict::RecipientForNow => "came back: not taken for now",
        Verdict::Unclear => "came back",
    }
}

/// What a report means for a reader: a refusal is counted with those of its letter, which ends
/// nobody before it is clear that they are about the readers; a complaint ends all letters.
async fn note(site: &Site, letter: Option<i64>, who: &Subscriber, report: Report) -> Result<(), StorageError> {
    tracing::info!(?report, letter, "a mail came back");
    match report {
        Report::Refused(verdict) => sending::came_back(site, letter, who.id, verdict, fault(verdict)).await,
        Report::Complaint => {
            if let Some(letter) = letter {
                deliveries::came_back(&site.db, letter, who.id, "its reader called it spam", site.now()).await?;
            }
            subscribers::stand(&site.db, &who.email, Standing::Complained, site.now()).await.map(drop)
        }
    }
}

/// What came of a provider's call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Events that were understood, whether they change anything or not.
    pub known: u64,
    /// Events that nobody here understands.
    pub unknown: u64,
    /// One of them is just being taken: what comes of that is not known yet.
    pub busy: bool,
}

/// Takes what a provider tells, each event once by its id.
pub async fn take(site: &Site, provider: &str, body: &Value) -> Result<Taken, StorageError> {
    let told = providers::told(provider, body);
    let mut taken = Taken { known: 0, unknown: told.unknown, busy: false };
    for event in told.events {
        taken.known += 1;
        let Some(report) = event.report else { continue };
        let digest = hex(&Sha256::digest(format!("{provider}\n{}\n{}", event.id, event.email)));
        match provider_events::claim(&site.db, &digest, site.now()).await? {
            Claim::Taken => continue,
            Claim::Busy => taken.busy = true,
            Claim::Ours => {
                apply(site, &event, report).await?;
                provider_events::taken(&site.db, &digest, site.now()).await?;
            }
        }
    }
    Ok(taken)
}

/// Most providers tell the `Message-ID` with the event; where they don't, it is about no letter.
async fn apply(site: &Site, event: &providers::Event, report: Report) -> Result<(), StorageError> {
    let named = named(site, &event.text);
    let who = match named {
        Some((_, subscriber)) => subscribers::by_id(&site.db, subscriber).await?,
        None => subscribers::by_email(&site.db, event.email.trim()).await?,
    };
    match who {
        Some(who) => note(site, named.map(|(letter, _)| letter), &who, report).await,
        None => Ok(()),
    }
}

/// Amazon asks once whether the address of a webhook is right. Whoever knows the secret in it
/// may ask; only Amazon itself is answered. `None` where the call asks nothing, else whether
/// the link is one of Amazon's.
pub fn confirm(body: &Value) -> Option<bool> {
    let link = body["SubscribeURL"].as_str()?;
    if !is_of_amazon(link) {
        return Some(false);
    }
    let link = link.to_owned();
    tokio::spawn(async move {
        let done = match Fetcher::new(is_public) {
            Some(fetcher) => fetcher.fetch(&link).await.map(drop).map_err(|error| error.to_string()),
            None => Err("the system has no certificates".to_owned()),
        };
        // The link holds a secret, and stands in no log.
        match done {
            Ok(()) => tracing::info!("Amazon’s webhook is confirmed"),
            Err(error) => {
                tracing::warn!(error, "Amazon’s webhook could not be confirmed: let Amazon’s console ask again");
            }
        }
    });
    Some(true)
}

/// Whether a link leads to Amazon SNS (`sns.REGION.amazonaws.com`, in China with `.cn`).
fn is_of_amazon(link: &str) -> bool {
    let Some(host) = link.strip_prefix("https://sns.").and_then(|rest| rest.split(['/', '?']).next()) else {
        return false;
    };
    let region = host.strip_suffix(".cn").unwrap_or(host).strip_suffix(".amazonaws.com");
    region.is_some_and(|region| {
        !region.is_empty() && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

/// The path at which a provider tells.
pub fn hook(site: &Site, provider: &str) -> String {
    format!("/newsletter/bounces/{provider}/{}", site.secrets.sign(HOOK, provider))
}

/// Whether this is the secret of a provider's address.
pub fn is_good(site: &Site, provider: &str, secret: &str) -> bool {
    PROVIDERS.contains(&provider) && site.secrets.verify(HOOK, provider, secret)
}

#[cfg(test)]
mod tests {
    use super::is_of_amazon;

    #[test]
    fn only_amazons_own_links_are_opened() {
        for good in [
            "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=1",
            "https://sns.cn-north-1.amazonaws.com.cn/?Action=ConfirmSubscription",
        ] {
            assert!(is_of_amazon(good), "{good}");
        }
        for bad in [
            "http://sns.us-east-1.amazonaws.com/",
            "https://sns.us-east-1.amazonaws.com.evil.example/",
            "https://sns.evil.example/.amazonaws.com",
            "https://sns.a@evil.example/x.amazonaws.com",
            "https://sns.evil.example?x.amazonaws.com",
            "https://sns.evil.example#.amazonaws.com",
            "https://sns.us-east-1.amazonaws.com:8080/",
            "https://sns..amazonaws.com/",
            "https://127.0.0.1/",
            "",
        ] {
            assert!(!is_of_amazon(bad), "{bad}");
        }
    }
}
