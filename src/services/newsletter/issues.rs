//! Letters as the newsroom acts on them: written, looked at, approved, paused, ended. How
//! they look is in `letter_mail`, how they leave in `sending`.

use super::{
    brake::SOFTLY,
    digests::cut,
    render::{self, For, PreviewError},
};
use crate::services::{
    Site,
    accounts::Account,
    comments::{
        moderation::{By, ModerationError},
        threads::seen_article,
    },
    mail::{Carrier, MailError},
    site::{
        frame::front,
        settings,
        supervision::{self, Failing},
    },
};
use crate::{
    calendar::parse_moment,
    domain::{
        account::{Right, Role},
        newsletter::{Kind, LetterFaults, MAX_BODY, MAX_PREHEADER, MAX_SUBJECT, Newsletter, State, line_fault},
        slug::Slug,
        time::Timestamp,
    },
    storage::{
        StorageError,
        newsletter::{brake, deliveries, letters, subscribers},
        settings as stored,
    },
};
use std::collections::HashMap;

pub use crate::storage::newsletter::{
    deliveries::Progress,
    letters::{Draft, Letter},
};

/// So many letters stand on the newsroom's page.
const LISTED: i64 = 50;
/// Under this key stands since when letters are held: a back-up was restored.
const HELD: &str = "newsletters held";
/// Why letters wait after a back-up was restored.
pub const RESTORED: &str =
    "A back-up was restored: some readers may have this letter. Look what was sent before you let it go on.";

/// Why letters wait where nothing says from where they come by post.
pub const UNADDRESSED: &str = "No letter leaves without the postal address that many countries want below it \
     (CAN-SPAM). Set postal_address: pressroom settings export > edition.toml, add it, \
     pressroom settings import edition.toml.";

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// This account may not.
    #[error("Your account has no right to do this.")]
    NotAllowed,
    /// There is no such letter.
    #[error("There is no such letter.")]
    Unknown,
    /// It stands differently by now.
    #[error("This can’t be done: the letter is {0}.")]
    Late(State),
    /// Something in the form is wrong.
    #[error("a field is wrong")]
    Faults(Box<LetterFaults>),
    /// What cannot be sent, and why.
    #[error("{0}")]
    Empty(&'static str),
    /// It can't be made.
    #[error("This letter can’t be made: {0}")]
    Unmade(String),
    /// The test mail.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<PreviewError> for LetterError {
    fn from(error: PreviewError) -> Self {
        match error {
            PreviewError::Unmade(fault) => Self::Unmade(fault),
            PreviewError::Storage(error) => Self::Storage(error),
        }
    }
}

impl From<ModerationError> for LetterError {
    fn from(error: ModerationError) -> Self {
        match error {
            ModerationError::Storage(error) => Self::Storage(error),
            _ => Self::NotAllowed,
        }
    }
}

/// What an editor fills in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The newsletter's slug.
    pub list: String,
    /// Its subject.
    pub subject: String,
    /// What mail programs show beside it.
    pub preheader: String,
    /// Words, in Markdown.
    pub body: String,
    /// The address of an article.
    pub article: String,
    /// When it is to go out; empty: at once.
    pub when: String,
}

/// The newsletters with how many get each, and the newest letters with how far they are.
pub struct Desk {
    /// The newsletters, how many get each, and when the next digest of it is made.
    pub lists: Vec<(Newsletter, i64, Option<Timestamp>)>,
    /// The letters.
    pub letters: Vec<(Letter, Progress)>,
    /// Letters are held since a back-up was restored.
    pub held: bool,
    /// The publication has a postal address, without which no letter leaves.
    pub addressed: bool,
    /// What the server does by itself and can't just now; for admins alone.
    pub failing: Vec<Failing>,
}

/// What the newsroom sees first.
pub async fn desk(site: &Site, by: By<'_>) -> Result<Desk, LetterError> {
    by.may(Right::Newsletter)?;
    let mut counts = subscribers::counts(&site.db).await?;
    let front = front(site).await?;
    let lists = front.edition.newsletters.iter().map(|list| {
        let count = counts.remove(list.slug.as_str()).unwrap_or(0);
        let next = (!list.digest.is_empty()).then(|| front.calendar.latest(&list.digest, site.now()));
        (list.clone(), count, next.and_then(|found| found.ok()?[1]))
    });
    let mut all = Vec::new();
    for letter in letters::newest(&site.db, LISTED).await? {
        let progress = deliveries::progress(&site.db, letter.id).await?;
        all.push((letter, progress));
    }
    let (held, addressed) = (is_held(site).await?, is_addressed(site).await?);
    // What a fault says may be of the machine's inside.
    let told = match by {
        By::CommandLine => true,
        By::Account(account) => account.role == Role::Admin,
    };
    let failing = if told { supervision::failing(site).await? } else { Vec::new() };
    Ok(Desk { lists: lists.collect(), letters: all, held, addressed, failing })
}

/// A letter, how far it is, and what went wrong most.
pub async fn letter(site: &Site, id: i64, by: By<'_>) -> Result<(Letter, Progress, Vec<(String, i64)>), LetterError> {
    by.may(Right::Newsletter)?;
    let letter = letters::by_id(&site.db, id).await?.ok_or(LetterError::Unknown)?;
    let progress = deliveries::progress(&site.db, id).await?;
    Ok((letter, progress, deliveries::faults(&site.db, id, 5).await?))
}

/// Begins a letter; answers its row. Without words in the form an article speaks for itself.
pub async fn write(site: &Site, kind: Kind, form: &Form, by: By<'_>) -> Result<i64, LetterError> {
    let maker = by.may(Right::Newsletter)?;
    let draft = draft(site, kind, form, &[]).await?;
    let slug = name(site, &draft.list, site.now()).await?;
    Ok(letters::add(&site.db, &draft, &slug, State::Draft, &maker, site.now()).await?)
}

/// Writes a draft anew.
pub async fn save(site: &Site, id: i64, form: &Form, by: By<'_>) -> Result<(), LetterError> {
    by.may(Right::Newsletter)?;
    let letter = letters::by_id(&site.db, id).await?.ok_or(LetterError::Unknown)?;
    let draft = draft(site, letter.kind, form, &letter.articles).await?;
    if letters::save(&site.db, id, &draft, site.now()).await? { Ok(()) } else { Err(LetterError::Late(letter.state)) }
}

/// The name of a letter in the archive: its day and its newsletter.
pub async fn name(site: &Site, list: &str, at: Timestamp) -> Result<String, StorageError> {
    let day = front(site).await?.calendar.machine(at);
    Ok(format!("{}-{list}", day.get(..10).unwrap_or("letter")))
}

/// The article that an address of ours leads to, however it was copied; or its slug alone.
fn slug_of(site: &Site, address: &str) -> Option<Slug> {
    let address = address.trim();
    let path = match address.split_once("://") {
        // Another host may only begin like ours.
        Some(_) => address.strip_prefix(&site.config.site.base_url).filter(|path| path.starts_with('/'))?,
        None => address,
    };
    path.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?.parse().ok()
}

async fn draft(site: &Site, kind: Kind, form: &Form, before: &[i64]) -> Result<Draft, LetterError> {
    let mut faults = LetterFaults::default();
    let (mut subject, mut preheader) = (form.subject.trim().to_owned(), form.preheader.trim().to_owned());
    let body = form.body.replace("\r\n", "\n").trim().to_owned();
    let front = front(site).await?;
    if !front.edition.newsletters.iter().any(|list| list.slug.as_str() == form.list) {
        faults.list = Some("Please choose a newsletter.".into());
    }
    let mut articles = before.to_vec();
    if kind == Kind::Article {
        let found = match slug_of(site, &form.article) {
            Some(slug) => seen_article(site, &slug).await?,
            None => None,
        };
        match found {
            Some(article) => {
                if subject.is_empty() {
                    subject = cut(&article.title, MAX_SUBJECT);
                }
                if preheader.is_empty() {
                    preheader = cut(&article.standfirst, MAX_PREHEADER);
                }
                articles = vec![article.id.0];
            }
            None => faults.article = Some("Readers see no article at this address.".into()),
        }
    }
    if kind == Kind::Message && body.is_empty() {
        faults.body = Some("Please write the message.".into());
    } else if body.chars().count() > MAX_BODY {
        faults.body = Some(format!("A message has at most {MAX_BODY} characters."));
    }
    if subject.is_empty() && faults.article.is_none() {
        faults.subject = Some("Please write a subject.".into());
    } else {
        faults.subject = line_fault(&subject, MAX_SUBJECT, "A subject");
    }
    faults.preheader = line_fault(&preheader, MAX_PREHEADER, "A preview text");
    if !faults.none() {
        return Err(LetterError::Faults(Box::new(faults)));
    }
    Ok(Draft { list: form.list.clone(), kind, subject, preheader, body, articles })
}

/// What approving a draft would do, in words: to how many it goes, and when.
pub async fn ask(site: &Site, id: i64, when: &str, by: By<'_>) -> Result<String, LetterError> {
    by.may(Right::Newsletter)?;
    let letter = sendable(site, id).await?;
    let due = moment(site, when).await?;
    let count = subscribers::counts(&site.db).await?.remove(&letter.list).unwrap_or(0);
    let front = front(site).await?;
    let list = front.edition.newsletters.iter().find(|list| list.slug.as_str() == letter.list);
    let list = list.map_or(letter.list.as_str(), |list| list.name.as_str());
    let readers = if count == 1 { "1 reader".to_owned() } else { format!("{count} readers") };
    let when = match due {
        None => "now".to_owned(),
        Some(due) => format!("on {} ({})", front.calendar.date_time(due), front.edition.time_zone),
    };
    Ok(format!("“{}” goes to the {readers} of {list}, {when}. Is that right?", letter.subject))
}

/// Whether the publication has the postal address that stands below every letter.
pub async fn is_addressed(site: &Site) -> Result<bool, StorageError> {
    Ok(front(site).await?.edition.postal_address.contains(char::is_alphanumeric))
}

/// Holds what would leave now without a postal address, and says so: it waits until somebody
/// who has set one lets it go on. Answers how many letters that were.
pub async fn hold_unaddressed(site: &Site) -> Result<usize, StorageError> {
    if is_addressed(site).await? {
        return Ok(0);
    }
    let now = site.now();
    let mut held = 0;
    for state in [State::Approved, State::Sending] {
        for letter in letters::in_state(&site.db, state).await? {
            if letter.due.is_none_or(|due| due <= now)
                && letters::change(&site.db, letter.id, &[state], State::Paused, UNADDRESSED, now).await?
            {
                tracing::warn!(letter = letter.id, "{UNADDRESSED}");
                held += 1;
            }
        }
    }
    Ok(held)
}

/// A draft in which there is something to read.
async fn sendable(site: &Site, id: i64) -> Result<Letter, LetterError> {
    if !is_addressed(site).await? {
        return Err(LetterError::Empty(UNADDRESSED));
    }
    let letter = letters::by_id(&site.db, id).await?.ok_or(LetterError::Unknown)?;
    if render::matter(site, &letter).await?.is_empty() {
        return Err(LetterError::Empty("There is nothing in it that readers may see, so it is not sent."));
    }
    Ok(letter)
}

/// The moment to come that somebody has written; `None` for at once.
async fn moment(site: &Site, when: &str) -> Result<Option<Timestamp>, LetterError> {
    /// Nobody plans further ahead: a year that was mistyped is told.
    const FURTHEST: i64 = 5 * 366 * Timestamp::DAY;
    if when.trim().is_empty() {
        return Ok(None);
    }
    let (now, calendar) = (site.now(), front(site).await?.calendar.clone());
    let fault = match parse_moment(when, &calendar) {
        Some(due) if due <= now => "This moment is over.",
        Some(due) if due > now.plus(FURTHEST) => "This is more than five years ahead.",
        Some(due) => return Ok(Some(due)),
        None => "This is no moment: it should look like 2027-01-04 18:00, and be one that the clocks go through.",
    };
    Err(LetterError::Faults(Box::new(LetterFaults { due: Some(fault.into()), ..LetterFaults::default() })))
}

/// An editor approves a draft: it goes out at the moment that is named, or at once.
pub async fn approve(site: &Site, id: i64, when: &str, by: By<'_>) -> Result<(), LetterError> {
    let approver = by.may(Right::Newsletter)?;
    let letter = sendable(site, id).await?;
    let now = site.now();
    let due = moment(site, when).await?.unwrap_or(now);
    if letters::approve(&site.db, id, due, &approver, now).await? {
        Ok(())
    } else {
        Err(LetterError::Late(letter.state))
    }
}

/// What can be done about a letter that is approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It waits; what is on its way arrives.
    Pause,
    /// It goes on; where it was held by itself, with those who were refused.
    Resume,
    /// It was held by itself and goes on: the list is old, and who was refused because of the
    /// address is taken off it.
    End,
    /// It ends: who has not got it will not.
    Stop,
    /// An approved one is a draft again.
    Recall,
    /// A draft is thrown away.
    Discard,
}

impl Act {
    /// The act of a name in a form.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "pause" => Self::Pause,
            "resume" => Self::Resume,
            "end" => Self::End,
            "stop" => Self::Stop,
            "recall" => Self::Recall,
            "discard" => Self::Discard,
            _ => return None,
        })
    }
}

/// Does it.
pub async fn act(site: &Site, id: i64, act: Act, by: By<'_>) -> Result<(), LetterError> {
    by.may(Right::Newsletter)?;
    let letter = letters::by_id(&site.db, id).await?.ok_or(LetterError::Unknown)?;
    let now = site.now();
    let (db, why) = (&site.db, "");
    let done = match act {
        Act::Pause => letters::change(db, id, &[State::Sending, State::Approved], State::Paused, why, now).await?,
        Act::Resume if letter.brake.is_on() => brake::resume(db, id, now).await?,
        Act::End => brake::end(db, id, SOFTLY, now).await?,
        // Whoever confirmed meanwhile gets it too; nobody gets it again.
        Act::Resume => letters::change(db, id, &[State::Paused], State::Approved, why, now).await?,
        Act::Stop => {
            let from = [State::Approved, State::Sending, State::Paused];
            letters::change(db, id, &from, State::Stopped, why, now).await?
        }
        Act::Recall if letter.begun.is_none() => {
            letters::change(db, id, &[State::Approved, State::Paused], State::Draft, why, now).await?
        }
        Act::Recall => false,
        Act::Discard => letters::discard(db, id, now).await?,
    };
    if done { Ok(()) } else { Err(LetterError::Late(letter.state)) }
}

/// Sends a letter as it stands to one account of the newsroom, beside all counting.
pub async fn test(site: &Site, id: i64, account: &Account) -> Result<(), LetterError> {
    By::Account(account).may(Right::Newsletter)?;
    let letter = letters::by_id(&site.db, id).await?.ok_or(LetterError::Unknown)?;
    let content = render::try_content(site, &letter, For::Newsroom).await?;
    let mail = render::test_mail(site, &letter, &content, &account.email);
    let name = front(site).await?.edition.name.clone();
    Carrier::new(&site.config.mail)?.carry_letter(&mail, &name, &site.config.mail).await?;
    Ok(())
}

/// Holds everything: a back-up was restored, and what was sent since is not known here.
pub async fn hold(db: &crate::storage::Db, now: Timestamp) -> Result<u64, StorageError> {
    stored::put(db, HELD, &Some(now), now).await?;
    letters::pause_all(db, RESTORED, now).await
}

/// Whether letters made by the schedule wait.
pub async fn is_held(site: &Site) -> Result<bool, StorageError> {
    Ok(stored::get::<Option<Timestamp>>(&site.db, HELD).await?.flatten().is_some())
}

/// An editor has looked what was sent: digests go out by themselves again. Letters that
/// wait are resumed one by one.
pub async fn release(site: &Site, by: By<'_>) -> Result<(), LetterError> {
    by.may(Right::Newsletter)?;
    Ok(stored::put(&site.db, HELD, &None::<Timestamp>, site.now()).await?)
}

/// The public archive before a moment: what was sent, the newest first, with the names of
/// the newsletters.
pub async fn archive(site: &Site, before: Timestamp, size: i64) -> Result<Vec<(Letter, String)>, StorageError> {
    let names: HashMap<String, String> =
        settings::edition(site).await?.newsletters.into_iter().map(|list| (list.slug.to_string(), list.name)).collect();
    let letters = letters::archive(&site.db, before, size).await?;
    let named = |letter: Letter| {
        let name = names.get(&letter.list).unwrap_or(&letter.list).clone();
        (letter, name)
    };
    Ok(letters.into_iter().map(named).collect())
}

/// A letter of the public archive.
pub async fn public(site: &Site, slug: &str) -> Result<Option<Letter>, StorageError> {
    Ok(letters::by_slug(&site.db, slug).await?.filter(|letter| letter.begun.is_some() && letter.state.is_public()))
}
