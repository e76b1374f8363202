//! Mails leave the outbox: to a mail server, or as files into a folder.

use super::{Site, front::front, letter_mail::LetterMail};
use crate::{
    config,
    domain::time::Timestamp,
    storage::{
        StorageError,
        mails::{self, Mail},
    },
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MessageBuilder, MultiPart,
        dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey},
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::PoolConfig,
};
use std::{sync::Arc, time::Duration};

/// How long a mail is ours before another server may try it.
const LEASE: i64 = 5 * 60_000;
/// Waiting after the first failure; doubled after each, at most [`LONGEST`].
const FIRST_WAIT: i64 = 60_000;
/// Six hours.
const LONGEST: i64 = 6 * 3_600_000;

/// So long a mail is tried; sendmail and its kin give up after the same time.
pub(super) const PATIENCE: i64 = 5 * Timestamp::DAY;

/// Carries mails away. Cloned, it is the same pool of connections.
#[derive(Clone)]
pub struct Carrier {
    road: Road,
    /// What mails are signed with, where the settings have a key.
    dkim: Option<Arc<Dkim>>,
}

/// Where mails go.
#[derive(Clone)]
enum Road {
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
        let dkim = Dkim::new(settings)?.map(Arc::new);
        if settings.smtp.is_empty() {
            return Ok(Self { road: Road::Folder(settings.folder.clone()), dkim });
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.smtp)?;
        let pool = PoolConfig::new().max_size(u32::try_from(settings.connections.max(1)).unwrap_or(1));
        let transport = transport.timeout(Some(Duration::from_secs(30))).pool_config(pool).build();
        Ok(Self { road: Road::Smtp(transport), dkim })
    }

    async fn carry(&self, mail: &Mail, publication: &str, settings: &config::Mail) -> Result<(), MailError> {
        // Named by its row: tried again, it is the same file.
        self.hand_over(write(mail, publication, settings)?, &format!("{:06}.eml", mail.id)).await
    }

    /// Carries a letter to one of its readers.
    pub async fn carry_letter(
        &self,
        mail: &LetterMail,
        publication: &str,
        settings: &config::Mail,
    ) -> Result<(), MailError> {
        let name = format!("letter-{}.eml", mail.name);
        self.hand_over(write_letter(mail, publication, settings)?, &name).await
    }

    async fn hand_over(&self, mut message: Message, name: &str) -> Result<(), MailError> {
        if let Some(dkim) = &self.dkim {
            dkim.sign(&mut message)?;
        }
        match &self.road {
            Road::Smtp(transport) => {
                transport.send(message).await?;
            }
            Road::Folder(folder) => {
                let fault = |e| MailError::Folder(folder.display().to_string(), e);
                std::fs::create_dir_all(folder).map_err(fault)?;
                let file = tempfile::NamedTempFile::new_in(folder).map_err(fault)?;
                std::fs::write(file.path(), message.formatted()).map_err(fault)?;
                file.persist(folder.join(name)).map_err(|e| fault(e.error))?;
            }
        }
        Ok(())
    }

    /// Whether the mail server answers; a folder always does.
    pub async fn test(&self) -> Result<(), MailError> {
        if let Road::Smtp(transport) = &self.road {
            transport.test_connection().await?;
        }
        Ok(())
    }
}

/// What a fault of a mail means for its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such address (RFC 3463: 5.1.x, 5.2.1).
    NoSuchReader,
    /// It was refused for good, for another reason.
    Refused,
    /// It was not taken for now.
    Later,
    /// Nobody can be written to at the moment.
    Away,
}

impl MailError {
    /// What it means for the reader of the mail.
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Form(_) => Trouble::Refused,
            Self::Folder(..) => Trouble::Away,
            Self::Smtp(error) if error.is_permanent() => {
                // The words of an answer begin with the enhanced code, where the server knows such.
                let words = error.to_string();
                let code =
                    words.split([' ', ':', '(', ')', '-']).find(|part| part.starts_with("5.") && part.len() >= 5);
                match code {
                    Some(code) if code.starts_with("5.1.") || code == "5.2.1" => Trouble::NoSuchReader,
                    Some(_) => Trouble::Refused,
                    // 550: mailbox unavailable, 553: its name is not allowed (RFC 5321, 4.2.2).
                    None if words.contains("(550)") || words.contains("(553)") => Trouble::NoSuchReader,
                    None => Trouble::Refused,
                }
            }
            Self::Smtp(error) if error.is_transient() => Trouble::Later,
            Self::Smtp(_) => Trouble::Away,
        }
    }
}

/// A header that the library has no type for.
fn header(message: &mut Message, name: &'static str, value: String) {
    message.headers_mut().insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
}

/// RFC 2369 and RFC 8058: mail programs show a button for it.
fn unsubscribe(message: &mut Message, stop: &str) {
    header(message, "List-Unsubscribe", format!("<{stop}>"));
    header(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned());
}

fn host(settings: &config::Mail) -> &str {
    settings.from.rsplit_once('@').map_or("localhost", |(_, host)| host)
}

/// How mails are signed (RFC 6376); the key's file is read once.
struct Dkim {
    selector: String,
    domain: String,
    file: String,
    key: String,
}

impl Dkim {
    /// None where the settings name no key; a key that is none is found out at once.
    fn new(settings: &config::Mail) -> Result<Option<Self>, MailError> {
        if settings.dkim_selector.is_empty() {
            return Ok(None);
        }
        let file = settings.dkim_key.display().to_string();
        let text = std::fs::read_to_string(&settings.dkim_key).map_err(|e| MailError::Folder(file.clone(), e))?;
        let (selector, domain) = (settings.dkim_selector.clone(), host(settings).to_owned());
        let dkim = Self { selector, domain, file, key: text.trim().to_owned() };
        dkim.key()?;
        Ok(Some(dkim))
    }

    fn key(&self) -> Result<DkimSigningKey, MailError> {
        let rsa = self.key.contains("-----BEGIN");
        let kind = if rsa { DkimSigningAlgorithm::Rsa } else { DkimSigningAlgorithm::Ed25519 };
        DkimSigningKey::new(&self.key, kind).map_err(|e| MailError::Form(format!("{}: {e}", self.file)))
    }

    /// Signs the headers that the mail has; those for leaving too, as RFC 8058 (4) asks.
    fn sign(&self, message: &mut Message) -> Result<(), MailError> {
        const HEADERS: [&str; 10] = [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Reply-To",
            "MIME-Version",
            "Content-Type",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
        ];
        let headers = HEADERS.into_iter().filter(|name| message.headers().get_raw(name).is_some());
        let headers = headers.map(HeaderName::new_from_ascii_str).collect();
        let relaxed =
            DkimCanonicalization { header: DkimCanonicalizationType::Relaxed, body: DkimCanonicalizationType::Relaxed };
        message.sign(&DkimConfig::new(self.selector.clone(), self.domain.clone(), self.key()?, headers, relaxed));
        Ok(())
    }
}

fn mailbox(text: &str) -> Result<Mailbox, MailError> {
    text.parse::<Mailbox>().map_err(|e| MailError::Form(format!("“{text}”: {e}")))
}

/// The headers that every mail begins with: from the publication by its name, to somebody,
/// with an id that stays the same when it is tried again.
fn begin(
    (recipient, subject): (&str, &str),
    written: i64,
    id: &str,
    publication: &str,
    settings: &config::Mail,
) -> Result<MessageBuilder, MailError> {
    let name = publication.chars().filter(|c| !c.is_control()).collect();
    let date = std::time::UNIX_EPOCH + Duration::from_millis(u64::try_from(written).unwrap_or(0));
    Ok(Message::builder()
        .from(Mailbox { name: Some(name), ..mailbox(&settings.from)? })
        .to(mailbox(recipient)?)
        .subject(subject)
        .date(date)
        .message_id(Some(format!("<{id}@{}>", host(settings)))))
}

fn write_letter(mail: &LetterMail, publication: &str, settings: &config::Mail) -> Result<Message, MailError> {
    let (host, id) = (host(settings), format!("letter.{}.{}", mail.name, mail.written));
    let mut message = begin((&mail.recipient, &mail.subject), mail.written, &id, publication, settings)?
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .map_err(|e| MailError::Form(e.to_string()))?;
    unsubscribe(&mut message, &mail.stop);
    // RFC 2919; the name in front is for people.
    header(&mut message, "List-Id", format!("<{}.{host}>", mail.list));
    header(&mut message, "Precedence", "bulk".to_owned());
    header(&mut message, "Feedback-ID", format!("{}:{host}", mail.feedback));
    Ok(message)
}

fn write(mail: &Mail, publication: &str, settings: &config::Mail) -> Result<Message, MailError> {
    let id = format!("{}.{}", mail.written, mail.id);
    let mut message = begin((&mail.recipient, &mail.subject), mail.written, &id, publication, settings)?
        .header(ContentType::TEXT_PLAIN);
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(mailbox(reply_to)?);
    }
    let mut message = message.body(mail.body.clone()).map_err(|e| MailError::Form(e.to_string()))?;
    if let Some(stop) = &mail.stop {
        unsubscribe(&mut message, stop);
    }
    if mail.reply_to.is_none() {
        // Nobody is on holiday towards a program (RFC 3834).
        header(&mut message, "Auto-Submitted", "auto-generated".to_owned());
    }
    Ok(message)
}

/// The wait after so many attempts, in milliseconds.
pub(super) fn wait(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST)
}

/// Carries all mails that are due; answers how many left. What is refused for good, or put
/// off for [`PATIENCE`], stays in the outbox with what was said of it and is tried no more;
/// while nobody can be written to at all, everything waits.
pub async fn deliver_due(site: &Site, carrier: &Carrier) -> Result<usize, StorageError> {
    let mut left = 0;
    loop {
        let now = site.now();
        let due = mails::lease(&site.db, now, now.plus(LEASE), 20).await?;
        if due.is_empty() {
            return Ok(left);
        }
        let name = front(site).await?.edition.name.clone();
        for mail in due {
            match carrier.carry(&mail, &name, &site.config.mail).await {
                Ok(()) => {
                    mails::sent(&site.db, mail.id, site.now()).await?;
                    left += 1;
                }
                Err(error) => {
                    let now = site.now();
                    let lost = match error.trouble() {
                        Trouble::Refused | Trouble::NoSuchReader => true,
                        Trouble::Later => now.0 - mail.written >= PATIENCE,
                        Trouble::Away => false,
                    };
                    if lost {
                        tracing::warn!(mail = mail.id, attempt = mail.attempts, %error, "a mail did not leave and is given up");
                        mails::given_up(&site.db, mail.id, &error.to_string(), now).await?;
                    } else {
                        tracing::warn!(mail = mail.id, attempt = mail.attempts, %error, "a mail did not leave; it is tried again");
                        let again = now.plus(wait(mail.attempts));
                        mails::failed(&site.db, mail.id, &error.to_string(), again, now).await?;
                    }
                }
            }
        }
    }
}
