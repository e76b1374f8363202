//! Settings of the machine, and the edition that fills an empty database.
//!
//! Three sources, each stronger than the one before: what the program was built
//! with, the settings file, the environment. Checked once, at the start: whoever
//! holds a [`Config`] holds a right one.

mod network;

pub use network::{Network, contain};

use crate::domain::edition::Edition;
use figment::{
    Figment,
    providers::{Env, Format, Toml},
};
use serde::Deserialize;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// The settings with which the program was built; the file of the same name beside it is stronger.
const BUILT_IN: &str = include_str!("../Leptos.toml");

/// The file that is read where no other is named.
pub const FILE: &str = "Leptos.toml";

/// Everything that the program is told at its start.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// How it listens.
    pub server: Server,
    /// How readers find it.
    pub site: SiteAddress,
    /// Where it stores.
    pub database: Database,
    /// Where pictures lie.
    pub media: Media,
    /// How mails leave.
    pub mail: Mail,
    /// Keys for signing.
    pub secrets: Secrets,
    /// How long things are kept at hand.
    pub cache: Cache,
    /// What helps to keep order.
    pub comments: Comments,
    /// Where the search index lies.
    pub search: Search,
    /// What is done before the tables change.
    pub upgrade: Upgrade,
    /// Fills an empty database.
    pub edition: Edition,
}

/// `[server]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen on.
    pub address: SocketAddr,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Who may ask for `/metrics`; room is kept for them to ask for `/healthz`, too.
    pub metrics_for: Vec<Network>,
    /// So many connections one address may have at a time; trusted proxies are not counted.
    pub connections_per_address: usize,
    /// So many live streams one reader's address, or one account of the newsroom, may have.
    pub streams_per_address: usize,
}

/// `[site]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteAddress {
    /// Scheme, host and port, without a slash at the end.
    pub base_url: String,
}

/// `[database]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:…` or `postgres://…`.
    pub url: String,
    /// So many days are kept what told servers of changes, and the record of mails that are over.
    pub keep_days: u32,
}

/// `[upgrade]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upgrade {
    /// A back-up of all rows is made and read again before a new version changes the tables.
    pub backup: bool,
    /// The folder of these back-ups.
    pub folder: PathBuf,
}

/// `[media]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Media {
    /// A folder, or `s3://bucket/folder`.
    pub url: String,
    /// Pictures are made in AVIF, too; only where the program was built for it.
    pub avif: bool,
    /// The address of the S3-compatible service; empty: Amazon's.
    pub endpoint: String,
    /// The service's region; empty: as `AWS_REGION` says.
    pub region: String,
    /// The key's name; empty: as the usual variables (`AWS_…`) say.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
}

/// `[mail]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Who gets what readers write.
    pub newsroom: String,
    /// The sender.
    pub from: String,
    /// The mail server; empty: into files.
    pub smtp: String,
    /// The folder of the files.
    pub folder: PathBuf,
    /// So many connections to the mail server at a time, for letters.
    pub connections: usize,
    /// So many letters a minute leave this server; 0: as many as it can.
    pub per_minute: u32,
    /// So many mails an hour leave this server that strangers ask for: sign-in links,
    /// confirmations, messages to the newsroom.
    pub unasked_per_hour: u32,
    /// The longest that the mail server may take until it has greeted us, in seconds.
    pub connect_seconds: u64,
    /// The longest that it may take for the answer to a command, in seconds.
    pub command_seconds: u64,
    /// The longest that it may take to take the text of a mail, in seconds.
    pub data_seconds: u64,
    /// The mailbox to which letters come back by their envelope, with a signed part for each reader;
    /// empty: to the sender.
    pub return_path: String,
    /// A maildir in which reports of mails that came back arrive; empty: none.
    pub bounces: PathBuf,
    /// The selector under which the key for DKIM stands in DNS; empty: mails are not signed.
    pub dkim_selector: String,
    /// The file of that key: RSA as PEM (PKCS #1), or Ed25519 as Base64.
    pub dkim_key: PathBuf,
}

/// `[secrets]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// The file of the keys.
    pub file: PathBuf,
    /// The keys themselves, one a line or separated by commas; stronger than the file.
    pub keys: String,
}

/// `[comments]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comments {
    /// An Akismet-compatible service; empty: none is asked.
    pub akismet_url: String,
    /// The key for it.
    pub akismet_key: String,
    /// Signing in over plain http from elsewhere is allowed: passwords can be read on the way.
    pub allow_insecure_login: bool,
}

/// `[search]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// The folder of the index; each server has its own.
    pub folder: PathBuf,
}

/// `[cache]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cache {
    /// The oldest that the shared regions get, in seconds.
    pub front_seconds: u64,
    /// The most memory that kept pages take, in MB; 0 keeps none.
    pub pages_mb: u64,
}

/// Why the program does not start: one line for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The named file is not there.
    #[error("{0}: there is no such file")]
    NoFile(String),
    /// A value is missing, unknown or of the wrong kind.
    #[error("{place}: {key}: {what}")]
    Value {
        /// The file, or the environment.
        place: String,
        /// `section.key`.
        key: String,
        /// What was found and what is allowed.
        what: String,
    },
}

impl Config {
    /// Reads the named file (or [`FILE`], where it is there) and the environment.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut sources = Figment::new().merge(Toml::string(BUILT_IN));
        match file {
            Some(path) if !path.is_file() => return Err(ConfigError::NoFile(path.display().to_string())),
            Some(path) => sources = sources.merge(Toml::file_exact(path)),
            None if Path::new(FILE).is_file() => sources = sources.merge(Toml::file_exact(FILE)),
            None => {}
        }
        Self::from_sources(sources.merge(Env::prefixed("PRESSROOM_").ignore(&["log"]).split("__").lowercase(true)))
    }

    fn from_sources(sources: Figment) -> Result<Self, ConfigError> {
        let config: Self = sources.extract().map_err(|error| explain(&error, &sources))?;
        config.check(&sources)?;
        Ok(config)
    }

    /// What types alone can't tell.
    fn check(&self, sources: &Figment) -> Result<(), ConfigError> {
        let refuse = |key: &str, what: String| {
            let place = sources.find_metadata(key).map_or_else(|| FILE.to_owned(), place_of);
            Err(ConfigError::Value { place, key: key.to_owned(), what })
        };
        let url = &self.site.base_url;
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
        if host.is_empty() || host.contains(['/', '?', '#', ' ', '@', '"', '<', '\'', ';']) {
            return refuse(
                "site.base_url",
                format!("found “{url}”, allowed is http(s)://host or http(s)://host:port without anything behind it"),
            );
        }
        for (key, found) in [
            ("server.connections_per_address", self.server.connections_per_address),
            ("server.streams_per_address", self.server.streams_per_address),
        ] {
            if !(1..=100_000).contains(&found) {
                return refuse(key, format!("found {found}, allowed is 1 to 100000"));
            }
        }
        let database = &self.database.url;
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| database.starts_with(scheme)) {
            return refuse(
                "database.url",
                format!(
                    "found “{database}”, allowed is sqlite:///path/x.db, sqlite:path/x.db or postgres://user:password@host/name"
                ),
            );
        }
        if !(1..=3_650).contains(&self.database.keep_days) {
            return refuse("database.keep_days", format!("found {}, allowed is 1 to 3650", self.database.keep_days));
        }
        for (key, address) in [("mail.newsroom", &self.mail.newsroom), ("mail.from", &self.mail.from)] {
            if address.parse::<lettre::Address>().is_err() {
                return refuse(key, format!("found “{address}”, allowed is a mail address like name@example.org"));
            }
        }
        let mailbox = &self.mail.return_path;
        // With the letter, the reader and the signature it must fit into 64 bytes (RFC 5321, 4.5.3.1.1).
        let fits =
            |address: &str| address.split_once('@').is_some_and(|(local, _)| local.len() <= 20 && !local.contains('+'));
        if !mailbox.is_empty() && (mailbox.parse::<lettre::Address>().is_err() || !fits(mailbox)) {
            return refuse(
                "mail.return_path",
                format!(
                    "found “{mailbox}”, allowed is an address like bounces@example.org (at most 20 letters before the @, no +) or nothing"
                ),
            );
        }
        let smtp = &self.mail.smtp;
        if !smtp.is_empty() && !smtp.starts_with("smtp://") && !smtp.starts_with("smtps://") {
            return refuse("mail.smtp", format!("found “{smtp}”, allowed is smtp://host:port, smtps://… or nothing"));
        }
        if !(1..=100).contains(&self.mail.connections) {
            return refuse("mail.connections", format!("found {}, allowed is 1 to 100", self.mail.connections));
        }
        for (key, seconds) in [
            ("mail.connect_seconds", self.mail.connect_seconds),
            ("mail.command_seconds", self.mail.command_seconds),
            ("mail.data_seconds", self.mail.data_seconds),
        ] {
            if !(1..=600).contains(&seconds) {
                return refuse(key, format!("found {seconds}, allowed is 1 to 600"));
            }
        }
        if !self.mail.dkim_selector.is_empty() && !self.mail.dkim_key.is_file() {
            let file = self.mail.dkim_key.display();
            return refuse(
                "mail.dkim_key",
                format!("found “{file}”, which is no file; with a selector a key is needed"),
            );
        }
        let media = &self.media;
        let foreign = media.url.contains("://") && !["s3://", "file://"].iter().any(|s| media.url.starts_with(s));
        if media.url.is_empty() || foreign || media.url.trim_end_matches('/') == "s3:" {
            return refuse(
                "media.url",
                format!("found “{}”, allowed is a folder like data/media, or s3://bucket/folder", media.url),
            );
        }
        if media.avif && !pressroom_pictures::AVIF {
            return refuse(
                "media.avif",
                "this program was built without AVIF (cargo feature avif); allowed is false".into(),
            );
        }
        let endpoint = &media.endpoint;
        if !endpoint.is_empty() && !endpoint.starts_with("https://") && !endpoint.starts_with("http://") {
            return refuse("media.endpoint", format!("found “{endpoint}”, allowed is http(s)://host:port or nothing"));
        }
        if media.access_key.is_empty() != media.secret_key.is_empty() {
            return refuse("media.secret_key", "access_key and secret_key belong together: set both or none".into());
        }
        let service = &self.comments.akismet_url;
        if !service.is_empty() && !service.starts_with("https://") && !service.starts_with("http://") {
            return refuse("comments.akismet_url", format!("found “{service}”, allowed is https://host or nothing"));
        }
        if !(1..=3_600).contains(&self.cache.front_seconds) {
            return refuse("cache.front_seconds", format!("found {}, allowed is 1 to 3600", self.cache.front_seconds));
        }
        if self.cache.pages_mb > 100_000 {
            return refuse("cache.pages_mb", format!("found {}, allowed is 0 to 100000", self.cache.pages_mb));
        }
        let faults = crate::calendar::faults(&self.edition);
        if let Some(fault) = faults.into_iter().chain(self.edition.faults()).next() {
            let (key, what) = fault.split_once(": ").unwrap_or(("", &fault));
            return refuse(&format!("edition.{key}"), what.to_owned());
        }
        Ok(())
    }
}

fn place_of(metadata: &figment::Metadata) -> String {
    match &metadata.source {
        Some(figment::Source::File(path)) => path.display().to_string(),
        _ if metadata.name.contains("environment") => "the environment".to_owned(),
        _ => "the built-in settings".to_owned(),
    }
}

/// What may stand where the type's own words don't say it.
const ALLOWED: &[(&str, &str)] = &[
    ("server.address", "an address and port like 127.0.0.1:3000"),
    ("server.trusted_proxies", "a list of addresses and networks like [\"10.0.0.1\", \"10.1.0.0/16\"]"),
    ("server.metrics_for", "a list of addresses and networks like [\"127.0.0.1\"]"),
];

fn explain(error: &figment::Error, sources: &Figment) -> ConfigError {
    use figment::error::Kind;
    let place = error.metadata.as_ref().map_or_else(|| FILE.to_owned(), place_of);
    let mut key = error.path.join(".");
    let what = match &error.kind {
        Kind::MissingField(name) => {
            key = [key.as_str(), name].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(".");
            "is missing".to_owned()
        }
        Kind::UnknownField(name, allowed) => {
            if !key.ends_with(name.as_str()) {
                key = [key.as_str(), name].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(".");
            }
            format!("is no setting; allowed are {}", allowed.join(", "))
        }
        Kind::InvalidType(found, allowed) | Kind::InvalidValue(found, allowed) => {
            format!("found {found}, allowed is {allowed}")
        }
        Kind::UnknownVariant(found, allowed) => format!("found “{found}”, allowed are {}", allowed.join(", ")),
        other => {
            let found = sources.find_value(&key).ok().and_then(|value| value.into_string());
            let found = found.map(|text| format!("found “{text}”: ")).unwrap_or_default();
            let allowed = ALLOWED.iter().find(|(name, _)| key.starts_with(name));
            let allowed = allowed.map(|(_, words)| format!(", allowed is {words}")).unwrap_or_default();
            format!("{found}{other}{allowed}")
        }
    };
    // The parser of a broken file tells over several lines where it broke.
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    ConfigError::Value { place, key: if key.is_empty() { "the file".into() } else { key }, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(toml: &str) -> Result<Config, ConfigError> {
        Config::from_sources(Figment::new().merge(Toml::string(BUILT_IN)).merge(Toml::string(toml)))
    }

    #[test]
    fn the_built_in_settings_are_right() {
        let config = with("").unwrap();
        assert_eq!(config.edition.sections.len(), 9);
        assert_eq!(config.edition.topics.len(), 8);
    }

    #[test]
    fn wrong_values_are_told_in_one_line() {
        for (toml, key, part) in [
            ("[server]\naddress = \"here\"", "server.address", "here"),
            ("[server]\naddres = 1", "server.addres", "allowed are address"),
            ("[server]\ntrusted_proxies = [\"10.0.0.0/99\"]", "server.trusted_proxies", "10.0.0.0/8"),
            ("[server]\nconnections_per_address = 0", "server.connections_per_address", "1 to 100000"),
            ("[site]\nbase_url = \"example.org\"", "site.base_url", "http(s)://host"),
            ("[site]\nbase_url = \"https://example.org/\"", "site.base_url", "without anything behind"),
            ("[database]\nurl = \"mysql://x\"", "database.url", "sqlite"),
            ("[database]\nkeep_days = 0", "database.keep_days", "1 to 3650"),
            ("[mail]\nnewsroom = \"nobody\"", "mail.newsroom", "name@example.org"),
            ("[mail]\ncommand_seconds = 0", "mail.command_seconds", "1 to 600"),
            ("[media]\nurl = \"ftp://x/y\"", "media.url", "s3://bucket"),
            ("[media]\nurl = \"s3://\"", "media.url", "s3://bucket"),
            ("[media]\nendpoint = \"minio:9000\"", "media.endpoint", "http(s)://"),
            ("[media]\naccess_key = \"a\"", "media.secret_key", "both or none"),
            ("[media]\nfolder = \"x\"", "media.folder", "allowed are url"),
            ("[cache]\nfront_seconds = 0", "cache.front_seconds", "1 to 3600"),
            ("[edition]\ntime_zone = \"Mars/Base\"", "edition.time_zone", "Europe/Berlin"),
            ("[edition]\nsections = [{ slug = \"feed\", name = \"Feed\" }]", "edition.sections", "needs for itself"),
            ("[edition]\nsections = [{ slug = \"A B\", name = \"Feed\" }]", "edition.sections", "only a–z"),
        ] {
            let line = with(toml).unwrap_err().to_string();
            assert!(line.contains(key) && line.contains(part) && !line.contains('\n'), "{toml:?} said {line:?}");
        }
    }
}
