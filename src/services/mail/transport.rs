//! Mails are written and carried away: to a mail server, or as files into a folder. Which ones
//! and when is in `outbox` and in `sending`.

use super::{
    refusal::{self, Stage, Verdict},
    smtp::{Deadlines, Fault, Pool},
};
use crate::services::newsletter::render::LetterMail;
use crate::{config, domain::time::Timestamp, storage::mails::Mail};
use lettre::{
    Message,
    address::Envelope,
    message::{
        Mailbox, MessageBuilder, MultiPart,
        dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey},
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::{sync::watch, time::Instant};

pub use super::outbox::deliver_due;

/// Waiting after the first failure; doubled after each, at most [`LONGEST`].
const FIRST_WAIT: i64 = 60_000;
/// Six hours.
const LONGEST: i64 = 6 * 3_600_000;

/// So long a mail is tried; sendmail and its kin give up after the same time.
pub(in crate::services) const PATIENCE: i64 = 5 * Timestamp::DAY;

/// Carries mails away. Cloned, it is the same connections, and closed with the others.
#[derive(Clone)]
pub struct Carrier {
    road: Road,
    /// What mails are signed with, where the settings have a key.
    dkim: Option<Arc<Dkim>>,
    /// How long a lease of what is carried is good, in milliseconds.
    pub(in crate::services) lease: i64,
    /// Set when the server stops: the moment at which what is in flight is given up.
    closed: Arc<watch::Sender<Option<Instant>>>,
}

/// Where mails go.
#[derive(Clone)]
enum Road {
    /// A mail server. Letters have connections of their own, so that thousands of them, or a
    /// server that stalls over them, hold no other mail up.
    Smtp { letters: Arc<Pool>, others: Arc<Pool> },
    /// One `.eml` file for each in a folder.
    Folder(std::path::PathBuf),
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address or a header is none.
    #[error("the mail can't be written: {0}")]
    Form(String),
    /// The address of the mail server is none.
    #[error("[mail] smtp: {0}")]
    Server(String),
    /// The mail server refused, or was not there.
    #[error("mail server: {0}")]
    Smtp(#[from] Fault),
    /// The folder can't be written to.
    #[error("{0}: {1}")]
    Folder(String, std::io::Error),
    /// The server stops before there is an answer.
    #[error("the server stopped before the mail server answered")]
    Stopping,
}

impl Carrier {
    /// The carrier of the settings.
    pub fn new(settings: &config::Mail) -> Result<Self, MailError> {
        /// A lease outlasts what it is for by so much, in milliseconds.
        const MARGIN: i64 = 30_000;
        let dkim = Dkim::new(settings)?.map(Arc::new);
        let deadlines = Deadlines::new(settings);
        let road = if settings.smtp.is_empty() {
            Road::Folder(settings.folder.clone())
        } else {
            let pool = || Pool::new(&settings.smtp, deadlines).map_err(MailError::Server);
            Road::Smtp { letters: pool()?, others: pool()? }
        };
        let lease = i64::try_from(deadlines.whole().as_millis()).unwrap_or(i64::MAX / 2) + MARGIN;
        Ok(Self { road, dkim, lease, closed: Arc::default() })
    }

    /// No hand-over should begin from now on; what is in flight has so long for its end.
    pub fn close(&self, grace: Duration) {
        self.closed.send_if_modified(|end| {
            let first = end.is_none();
            end.get_or_insert(Instant::now() + grace);
            first
        });
    }

    /// Whether the server stops.
    pub fn is_closed(&self) -> bool {
        self.closed.borrow().is_some()
    }

    /// Comes true when the server stops; answers when what is in flight is given up.
    pub async fn closed(&self) -> Instant {
        let mut closed = self.closed.subscribe();
        loop {
            if let Some(end) = *closed.borrow_and_update() {
                return end;
            }
            // The sender is this carrier's own.
            let _ = closed.changed().await;
        }
    }

    pub(super) async fn carry(&self, mail: &Mail, publication: &str, settings: &config::Mail) -> Result<(), MailError> {
        // Named by its row: tried again, it is the same file.
        self.hand_over(write(mail, publication, settings)?, None, &format!("{:06}.eml", mail.id)).await
    }

    /// Carries a letter to one of its readers.
    pub async fn carry_letter(
        &self,
        mail: &LetterMail,
        publication: &str,
        settings: &config::Mail,
    ) -> Result<(), MailError> {
        let name = format!("letter-{}.eml", mail.name);
        let returns = Some(mail.return_path.as_deref());
        self.hand_over(write_letter(mail, publication, settings)?, returns, &name).await
    }

    /// Hands a message over. Letters alone say where they return, if not to the sender.
    async fn hand_over(
        &self,
        mut message: Message,
        returns: Option<Option<&str>>,
        name: &str,
    ) -> Result<(), MailError> {
        if let Some(dkim) = &self.dkim {
            dkim.sign(&mut message)?;
        }
        let (letters, others) = match &self.road {
            Road::Smtp { letters, others } => (letters, others),
            Road::Folder(folder) => return save(&message, folder, name),
        };
        let pool = if returns.is_some() { letters } else { others };
        let envelope = match returns.flatten() {
            None => message.envelope().clone(),
            Some(path) => {
                let path = path.parse().map_err(|e| MailError::Form(format!("“{path}”: {e}")))?;
                let to = message.envelope().to().to_vec();
                Envelope::new(Some(path), to).map_err(|e| MailError::Form(e.to_string()))?
            }
        };
        let text = message.formatted();
        tokio::select! {
            done = pool.hand_over(&envelope, &text) => Ok(done?),
            () = async { tokio::time::sleep_until(self.closed().await).await } => Err(MailError::Stopping),
        }
    }

    /// Whether the mail server answers and lets us in; a folder always does.
    pub async fn test(&self) -> Result<(), MailError> {
        if let Road::Smtp { others, .. } = &self.road {
            others.test().await?;
        }
        Ok(())
    }
}

/// Writes a message into a folder, whole or not at all.
fn save(message: &Message, folder: &Path, name: &str) -> Result<(), MailError> {
    let fault = |e| MailError::Folder(folder.display().to_string(), e);
    std::fs::create_dir_all(folder).map_err(fault)?;
    let file = tempfile::NamedTempFile::new_in(folder).map_err(fault)?;
    std::fs::write(file.path(), message.formatted()).map_err(fault)?;
    file.persist(folder.join(name)).map_err(|e| fault(e.error))?;
    Ok(())
}

/// Writes a mail into the folder of the settings, whatever road mails go: it is about mail that
/// does not leave.
pub(in crate::services) fn keep(
    mail: &Mail,
    name: &str,
    publication: &str,
    settings: &config::Mail,
) -> Result<(), MailError> {
    save(&write(mail, publication, settings)?, &settings.folder, name)
}

/// What a fault of a mail means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It was refused for good.
    Refused(Verdict),
    /// It was not taken for now, or the server said nothing: this one mail's trouble.
    Later(Verdict),
    /// Nobody can be written to at the moment.
    Away,
    /// Nobody can be written to until somebody mends the settings.
    Broken,
    /// The server stops: this mail has not been tried, or it is in flight.
    Stopping,
}

impl MailError {
    /// What it means.
    pub fn trouble(&self) -> Trouble {
        /// RFC 4954, 6: a login is wanted, is too weak, was refused, or wants encryption.
        const LOGIN: [u16; 4] = [530, 534, 535, 538];
        let opening = |stage| matches!(stage, Stage::Greeting | Stage::Authentication);
        match self {
            Self::Form(_) => Trouble::Refused(Verdict::Unclear),
            Self::Folder(..) => Trouble::Away,
            Self::Server(_) => Trouble::Broken,
            Self::Stopping => Trouble::Stopping,
            Self::Smtp(Fault::Refused { stage, code, text }) => match (stage, code) {
                (_, code) if LOGIN.contains(code) => Trouble::Broken,
                // What is said before a recipient is named is about none.
                (Stage::Greeting | Stage::Authentication | Stage::Sender, 500..) => Trouble::Broken,
                (Stage::Greeting | Stage::Authentication | Stage::Sender, _) => Trouble::Away,
                (_, 500..) => Trouble::Refused(refusal::judge(*stage, Some(*code), text)),
                _ => Trouble::Later(refusal::judge(*stage, Some(*code), text)),
            },
            Self::Smtp(Fault::Silent { stage, .. }) if opening(*stage) => Trouble::Away,
            // Not the reader's, as far as anybody knows.
            Self::Smtp(Fault::Silent { .. }) => Trouble::Later(Verdict::Ours),
            Self::Smtp(Fault::Unable { stage, .. }) if opening(*stage) => Trouble::Broken,
            Self::Smtp(Fault::Unable { .. }) => Trouble::Refused(Verdict::Unclear),
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
pub(in crate::services) fn wait(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST)
}
