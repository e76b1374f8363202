//! Mails leave the outbox: to a mail server, or as files into a folder.

use super::Site;
use crate::{
    config,
    storage::{
        StorageError,
        mails::{self, Mail},
    },
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use std::time::Duration;

/// How long a mail is ours before another server may try it.
const LEASE: i64 = 5 * 60_000;
/// Waiting after the first failure; doubled after each, at most [`LONGEST`].
const FIRST_WAIT: i64 = 60_000;
/// Six hours.
const LONGEST: i64 = 6 * 3_600_000;

/// Where mails go.
pub enum Carrier {
    /// A mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// One `.eml` file for each in a folder.
    Folder(std::path::PathBuf),
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address or a header is none.
    #[error("the mail can't be written: {0}")]
    Form(String),
    /// The mail server refused, or was not there.
    #[error("mail server: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The folder can't be written to.
    #[error("{0}: {1}")]
    Folder(String, std::io::Error),
}

impl Carrier {
    /// The carrier of the settings.
    pub fn new(settings: &config::Mail) -> Result<Self, MailError> {
        if settings.smtp.is_empty() {
            return Ok(Self::Folder(settings.folder.clone()));
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.smtp)?;
        Ok(Self::Smtp(transport.timeout(Some(Duration::from_secs(30))).build()))
    }

    async fn carry(&self, mail: &Mail, settings: &config::Mail) -> Result<(), MailError> {
        let message = write(mail, settings)?;
        match self {
            Self::Smtp(transport) => {
                transport.send(message).await?;
            }
            Self::Folder(folder) => {
                let fault = |e| MailError::Folder(folder.display().to_string(), e);
                std::fs::create_dir_all(folder).map_err(fault)?;
                let file = tempfile::NamedTempFile::new_in(folder).map_err(fault)?;
                std::fs::write(file.path(), message.formatted()).map_err(fault)?;
                // Named by its row: tried again, it is the same file.
                file.persist(folder.join(format!("{:06}.eml", mail.id))).map_err(|e| fault(e.error))?;
            }
        }
        Ok(())
    }

    /// Whether the mail server answers; a folder always does.
    pub async fn test(&self) -> Result<(), MailError> {
        if let Self::Smtp(transport) = self {
            transport.test_connection().await?;
        }
        Ok(())
    }
}

#[derive(Clone)]
struct Unsubscribe(String);

impl Header for Unsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

fn write(mail: &Mail, settings: &config::Mail) -> Result<Message, MailError> {
    let mailbox = |text: &str| text.parse::<Mailbox>().map_err(|e| MailError::Form(format!("“{text}”: {e}")));
    let host = settings.from.rsplit_once('@').map_or("localhost", |(_, host)| host);
    let date = std::time::UNIX_EPOCH + Duration::from_millis(u64::try_from(mail.written).unwrap_or(0));
    let mut message = Message::builder()
        .from(mailbox(&settings.from)?)
        .to(mailbox(&mail.recipient)?)
        .subject(&mail.subject)
        .date(date)
        .message_id(Some(format!("<{}.{}@{host}>", mail.written, mail.id)))
        .header(ContentType::TEXT_PLAIN);
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(mailbox(reply_to)?);
    }
    if let Some(stop) = &mail.stop {
        // RFC 2369 and RFC 8058: mail programs show a button for it.
        message = message.header(Unsubscribe(format!("<{stop}>"))).header(OneClick);
    }
    message.body(mail.body.clone()).map_err(|e| MailError::Form(e.to_string()))
}

/// Carries all mails that are due; answers how many left.
pub async fn deliver_due(site: &Site, carrier: &Carrier) -> Result<usize, StorageError> {
    let mut left = 0;
    loop {
        let now = site.now();
        let due = mails::lease(&site.db, now, now.plus(LEASE), 20).await?;
        if due.is_empty() {
            return Ok(left);
        }
        for mail in due {
            match carrier.carry(&mail, &site.config.mail).await {
                Ok(()) => {
                    mails::sent(&site.db, mail.id, site.now()).await?;
                    left += 1;
                }
                Err(error) => {
                    let doublings = u32::try_from(mail.attempts.clamp(1, 20) - 1).unwrap_or(0);
                    let wait = FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST);
                    tracing::warn!(mail = mail.id, attempt = mail.attempts, %error, "a mail did not leave; it is tried again");
                    mails::failed(&site.db, mail.id, &error.to_string(), site.now().plus(wait), site.now()).await?;
                }
            }
        }
    }
}
