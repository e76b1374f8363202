//! A conversation with a mail server (RFC 5321), step by step: each step has a deadline of its
//! own, and it is known at which one a refusal came. Connections are kept for the next mail.
//!
//! The library's transport has a deadline for connecting alone, and waits for ever for a
//! server that falls silent later.

#[cfg(test)]
pub(super) mod tests;

use super::refusal::Stage;
use crate::config;
use lettre::{
    address::Envelope,
    transport::smtp::{
        Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Tls, TlsParameters},
        commands::{Data, Mail, Noop, Rcpt, Rset},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
    },
};
use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;
use url::Url;

/// A connection is kept so long without a mail; servers keep it for minutes (RFC 5321,
/// 4.5.3.2.7), but what lies between may not.
const IDLE: Duration = Duration::from_secs(30);
/// Nobody waits longer for an answer to a farewell.
const FAREWELL: Duration = Duration::from_secs(2);

/// What came of a step that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The server refused, with this code and these words.
    #[error("{code} {text}")]
    Refused {
        /// At which step.
        stage: Stage,
        /// The reply's code (RFC 5321, 4.2).
        code: u16,
        /// The reply's words, with the enhanced code where the server knows such.
        text: String,
    },
    /// The server was not there, went away, or said nothing within the deadline.
    #[error("{what}")]
    Silent {
        /// At which step.
        stage: Stage,
        /// What was seen.
        what: String,
    },
    /// The server can't do what the settings or the mail ask of it.
    #[error("{what}")]
    Unable {
        /// At which step.
        stage: Stage,
        /// What it can't.
        what: String,
    },
}

impl Fault {
    /// At which step it came.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Refused { stage, .. } | Self::Silent { stage, .. } | Self::Unable { stage, .. } => *stage,
        }
    }

    /// Whether there was no answer.
    pub fn is_silent(&self) -> bool {
        matches!(self, Self::Silent { .. })
    }

    fn of(stage: Stage, error: &Error) -> Self {
        let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        match error.status() {
            Some(code) => Self::Refused { stage, code: code.into(), text: cause },
            None if error.is_client() => Self::Unable { stage, what: cause },
            None => Self::Silent { stage, what: error.to_string() },
        }
    }
}

/// The longest that each step may take.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// Until the server has greeted us.
    pub connect: Duration,
    /// Until it has answered a command.
    pub command: Duration,
    /// Until it has taken the text of a mail.
    pub data: Duration,
}

impl Deadlines {
    /// Those of the settings.
    pub fn new(settings: &config::Mail) -> Self {
        let [connect, command, data] =
            [settings.connect_seconds, settings.command_seconds, settings.data_seconds].map(Duration::from_secs);
        Self { connect, command, data }
    }

    /// The longest that a whole hand-over may take, however its steps share it.
    pub fn whole(&self) -> Duration {
        self.connect + self.command + self.data
    }
}

async fn within<T>(limit: Duration, stage: Stage, step: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
    match tokio::time::timeout(limit, step).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Fault::of(stage, &error)),
        Err(_) => Err(Fault::Silent { stage, what: format!("no answer within {} s", limit.as_secs_f32()) }),
    }
}

/// A mail server as the settings name it.
struct Server {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    credentials: Option<Credentials>,
    deadlines: Deadlines,
}

impl Server {
    /// `smtp://user:password@host:port/hello-name?tls=required` and its kin, as lettre's own
    /// `from_url` reads them.
    fn new(address: &str, deadlines: Deadlines) -> Result<Self, String> {
        let url = Url::parse(address).map_err(|e| e.to_string())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("it names no host")?.to_owned();
        let asked = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
        let safe = || TlsParameters::new(host.clone()).map_err(|e| e.to_string());
        let (tls, port) = match (url.scheme(), asked.as_deref()) {
            ("smtp", None) => (Tls::None, SMTP_PORT),
            ("smtp", Some("required")) => (Tls::Required(safe()?), SUBMISSION_PORT),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(safe()?), SUBMISSION_PORT),
            ("smtps", _) => (Tls::Wrapper(safe()?), SUBMISSIONS_PORT),
            _ => return Err("allowed are smtp://, smtps://, ?tls=required and ?tls=opportunistic".into()),
        };
        let decoded = |text: &str| {
            let text = percent_encoding::percent_decode_str(text).decode_utf8().map_err(|e| e.to_string())?;
            Ok::<_, String>(text.into_owned())
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        Ok(Self { port: url.port().unwrap_or(port), host, tls, hello, credentials, deadlines })
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Fault> {
        let Deadlines { connect, command, .. } = self.deadlines;
        let wrapper = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        // A name may have several addresses, of which the first is not there.
        let place = (self.host.as_str(), self.port);
        let opening = AsyncSmtpConnection::connect_tokio1(place, Some(connect / 2), &self.hello, wrapper, None);
        let mut connection = within(connect, Stage::Greeting, opening).await?;
        let upgrade = match &self.tls {
            Tls::Required(parameters) => Some(parameters.clone()),
            Tls::Opportunistic(parameters) if connection.can_starttls() => Some(parameters.clone()),
            _ => None,
        };
        if let Some(parameters) = upgrade {
            within(command, Stage::Greeting, connection.starttls(parameters, &self.hello)).await?;
        }
        if let Some(credentials) = &self.credentials {
            let login = connection.auth(DEFAULT_MECHANISMS, credentials);
            within(command, Stage::Authentication, login).await?;
        }
        Ok(connection)
    }

    /// Hands a mail over on an open connection.
    async fn talk(
        &self,
        connection: &mut AsyncSmtpConnection,
        envelope: &Envelope,
        message: &[u8],
    ) -> Result<(), Fault> {
        let Deadlines { command, data, .. } = self.deadlines;
        let mut options = Vec::new();
        let unable = |what: &str| Fault::Unable { stage: Stage::Recipient, what: what.to_owned() };
        // RFC 6531 and RFC 6152.
        let ascii = |address: &lettre::Address| AsRef::<str>::as_ref(address).is_ascii();
        if !envelope.from().is_none_or(ascii) || !envelope.to().iter().all(ascii) {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(unable("the mail server takes no addresses with letters beyond a to z"));
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !message.is_ascii() {
            if !connection.server_info().supports_feature(Extension::EightBitMime) {
                return Err(unable("the mail server takes no letters beyond a to z"));
            }
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let sender = connection.command(Mail::new(envelope.from().cloned(), options));
        within(command, Stage::Sender, sender).await?;
        for to in envelope.to() {
            within(command, Stage::Recipient, connection.command(Rcpt::new(to.clone(), Vec::new()))).await?;
        }
        within(command, Stage::Data, connection.command(Data)).await?;
        within(data, Stage::Data, connection.message(message)).await?;
        Ok(())
    }
}

/// A mail server with the connections to it that carry nothing just now.
pub struct Pool {
    server: Server,
    idle: Mutex<Idle>,
}

#[derive(Default)]
struct Idle {
    connections: Vec<(AsyncSmtpConnection, Instant)>,
    /// Somebody looks after those that nobody needs any more.
    tended: bool,
}

impl Pool {
    /// Of a server at an address; in words what is wrong with it.
    pub fn new(address: &str, deadlines: Deadlines) -> Result<Arc<Self>, String> {
        Ok(Arc::new(Self { server: Server::new(address, deadlines)?, idle: Mutex::default() }))
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        // Nothing can panic while it is held.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a mail over. Where it fails at [`Stage::Data`] without an answer the server may
    /// have it all the same.
    pub async fn hand_over(self: &Arc<Self>, envelope: &Envelope, message: &[u8]) -> Result<(), Fault> {
        let whole = self.server.deadlines.whole();
        let step = tokio::time::timeout(whole, self.try_both(envelope, message));
        let late = || Fault::Silent { stage: Stage::Data, what: format!("not done within {} s", whole.as_secs_f32()) };
        step.await.unwrap_or_else(|_| Err(late()))
    }

    async fn try_both(self: &Arc<Self>, envelope: &Envelope, message: &[u8]) -> Result<(), Fault> {
        let kept = {
            let mut idle = self.idle();
            idle.connections.pop().filter(|(_, since)| since.elapsed() < IDLE)
        };
        if let Some((mut connection, _)) = kept {
            match self.server.talk(&mut connection, envelope, message).await {
                // It was closed meanwhile, or has carried its share: the server has nothing of
                // this mail yet, and a new connection is tried.
                Err(fault) if fault.stage() == Stage::Sender => {}
                done => return self.keep(connection, done).await,
            }
        }
        let mut connection = self.server.open().await?;
        let done = self.server.talk(&mut connection, envelope, message).await;
        self.keep(connection, done).await
    }

    /// Keeps a connection that is good for another mail.
    async fn keep(self: &Arc<Self>, mut connection: AsyncSmtpConnection, done: Result<(), Fault>) -> Result<(), Fault> {
        let good = match &done {
            Ok(()) => true,
            // 421: it closes (RFC 5321, 3.8).
            Err(Fault::Refused { code, .. }) if *code != 421 => {
                within(FAREWELL, Stage::Sender, connection.command(Rset)).await.is_ok()
            }
            Err(_) => false,
        };
        if good {
            let mut idle = self.idle();
            idle.connections.push((connection, Instant::now()));
            if !std::mem::replace(&mut idle.tended, true) {
                tokio::spawn(tend(Arc::downgrade(self)));
            }
        }
        done
    }

    /// Whether the server answers and lets us in.
    pub async fn test(&self) -> Result<(), Fault> {
        let mut connection = self.server.open().await?;
        within(self.server.deadlines.command, Stage::Greeting, connection.command(Noop)).await?;
        let _ = tokio::time::timeout(FAREWELL, connection.quit()).await;
        Ok(())
    }
}

/// Closes what nobody needs any more, until there is nothing left.
async fn tend(pool: std::sync::Weak<Pool>) {
    loop {
        tokio::time::sleep(IDLE).await;
        let Some(pool) = pool.upgrade() else { return };
        let old: Vec<_> = {
            let mut idle = pool.idle();
            idle.connections.extract_if(.., |(_, since)| since.elapsed() >= IDLE).collect()
        };
        for (mut connection, _) in old {
            let _ = tokio::time::timeout(FAREWELL, connection.quit()).await;
        }
        let mut idle = pool.idle();
        if idle.connections.is_empty() {
            idle.tended = false;
            return;
        }
    }
}
