//! Readers sign up for newsletters, confirm by a mail, choose, and leave.
//!
//! Nobody learns from an answer whether an address is known: the same is said to all, and
//! what differs is in the mail. Letters are in `letters`, their way in `sending`.

use crate::services::{
    Site,
    mail::unasked,
    site::{
        form_token,
        frame::{Front, front},
        ip::network,
        secrets::{SecretsError, digest, random},
    },
};
use crate::{
    domain::{
        contact::is_email,
        newsletter::{CONFIRM, CONFIRM_WITHIN, ConsentWay, Newsletter, Standing},
        time::Timestamp,
    },
    storage::{
        StorageError,
        mails::Draft,
        newsletter::{
            consents::{self, Consent, Wording},
            subscribers,
        },
    },
};
use serde_json::{Value, json};
use std::net::IpAddr;

pub use crate::storage::newsletter::subscribers::Subscriber;

const FORM: &str = "newsletter form";
const READER: &str = "newsletter reader";
/// For one address at most one confirmation in ten minutes and three a day: nobody's
/// mailbox can be filled.
const MINUTES: i64 = 10 * 60_000;
const DAILY: i64 = 3;
/// So many sign-ups an hour come from one network.
const HOURLY: u32 = 20;
/// Whoever is quicker than this with a form is no person; in milliseconds.
const QUICK: i64 = 1_000;
/// Addresses that nobody confirmed are forgotten after so many days.
const FORGET: i64 = 14;

/// What somebody sends by a sign-up form.
#[derive(Clone, Debug, Default)]
pub struct SignUp {
    /// The address.
    pub email: String,
    /// Slugs of newsletters.
    pub lists: Vec<String>,
    /// The token of the form; empty where it came out of a cached page.
    pub token: String,
    /// What stands in the field that people don't see.
    pub trap: String,
    /// Which of the site's forms it is: one of [`FORMS`].
    pub form: String,
}

/// The forms by which readers sign up, by their places; the first has the choice of all newsletters.
pub const FORMS: [&str; 3] = ["page", "sidebar", "footer"];

/// Why nobody was signed up.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// The address is none.
    #[error("{0}")]
    Email(&'static str),
    /// No newsletter was chosen.
    #[error("Please choose at least one newsletter.")]
    NoList,
    /// The form has no token, or an old one.
    #[error("the form has no token that is good")]
    NoToken,
    /// Too many from there.
    #[error("Too many sign-ups have come from your network in the last hour. Please try again later.")]
    TooMany,
    /// The operating system has no randomness to give.
    #[error(transparent)]
    Random(#[from] SecretsError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A token for a sign-up form that is shown from this moment on.
pub fn open_form(site: &Site, shown: Timestamp) -> Result<String, SecretsError> {
    form_token::make(site, FORM, shown)
}

/// The newsletters of the edition.
pub async fn lists(site: &Site) -> Result<Vec<Newsletter>, StorageError> {
    Ok(front(site).await?.edition.newsletters.clone())
}

/// What is wrong with an address, in a reader's words.
pub fn email_fault(email: &str) -> Option<&'static str> {
    if is_email(email) {
        None
    } else if email.contains('@') && !email.is_ascii() {
        Some("We can’t write to addresses with letters beyond a to z yet. Please give another one.")
    } else {
        Some("Please give an email address like name@example.org.")
    }
}

/// Takes a sign-up: a mail goes out whose link has a button that confirms it.
pub async fn sign_up(site: &Site, form: &SignUp, address: Option<IpAddr>) -> Result<(), SignUpError> {
    let email = form.email.trim().to_lowercase();
    if let Some(fault) = email_fault(&email) {
        return Err(SignUpError::Email(fault));
    }
    let known = lists(site).await?;
    let chosen: Vec<&Newsletter> =
        known.iter().filter(|list| form.lists.iter().any(|slug| slug == list.slug.as_str())).collect();
    if chosen.is_empty() {
        return Err(SignUpError::NoList);
    }
    let (shown, _) = form_token::read(site, FORM, &form.token).ok_or(SignUpError::NoToken)?;
    let now = site.now();
    if site.pace.count(&format!("sign-up {}", network(address)), Timestamp::HOUR, now) > HOURLY {
        return Err(SignUpError::TooMany);
    }
    // Robots learn nothing.
    if !form.trap.is_empty() || now.0 - shown.0 < QUICK {
        return Ok(());
    }
    let token = random::<24>()?;
    let front = front(site).await?;
    let asking = subscribers::Asking {
        email: email.clone(),
        key: random::<16>()?,
        token: digest(&token),
        lists: chosen.iter().map(|list| list.slug.to_string()).collect(),
        form: FORMS.into_iter().find(|known| *known == form.form).unwrap_or(FORMS[0]).to_owned(),
        wording: wording(site, &front, &chosen),
    };
    let names: Vec<&str> = chosen.iter().map(|list| list.name.as_str()).collect();
    let link = site.url(&format!("/newsletter/confirm/{token}"));
    let draft = confirmation(&front.edition.name, &names, &link);
    let limits = [(now.plus(-MINUTES), 1), (now.plus(-Timestamp::DAY), DAILY)];
    subscribers::ask(&site.db, &asking, &limits, now, |subscriber| {
        (subscriber.standing != Standing::Blocked && unasked::in_total(site))
            .then_some(Draft { recipient: email, ..draft })
    })
    .await?;
    Ok(())
}

/// What somebody reads who signs up for these newsletters: the form, the mail, the page behind
/// its link.
fn wording(site: &Site, front: &Front, lists: &[&Newsletter]) -> Wording {
    let names: Vec<&str> = lists.iter().map(|list| list.name.as_str()).collect();
    let (what, words) = (names.join(", "), front.words);
    let about: Vec<String> = lists.iter().map(|list| format!("{}. {}", list.name, list.description)).collect();
    let mail = confirmation(&front.edition.name, &names, "(link)");
    let words = format!(
        "Form at {}:\n{}\n[{}]\n{} {}.\n\nMail: {}\n{}\nPage behind its link:\nYou will get {what}.\n[{CONFIRM}]\n",
        site.url(""),
        about.join("\n"),
        words.subscribe,
        words.consent,
        words.privacy_policy,
        mail.subject,
        mail.body,
    );
    Wording { digest: digest(&words), words }
}

fn confirmation(name: &str, lists: &[&str], link: &str) -> Draft {
    let what = lists.join(", ");
    Draft {
        subject: format!("Please confirm: {what}"),
        body: format!(
            "Somebody, most likely you, asked {name} to send you: {what}.\n\n\
             If that is right, open this page and press its button within 48 hours:\n{link}\n\n\
             If it was not you, do nothing: you will hear no more of it.\n"
        ),
        urgent: true,
        ..Draft::default()
    }
}

/// What a confirmation link is for: the names of its newsletters. `None` where it is no
/// good any more.
pub async fn asked(site: &Site, token: &str) -> Result<Option<Vec<String>>, StorageError> {
    let since = site.now().plus(-CONFIRM_WITHIN);
    let Some((_, slugs)) = subscribers::asked(&site.db, &digest(token), since).await? else { return Ok(None) };
    let known = lists(site).await?;
    Ok(Some(
        known
            .into_iter()
            .filter(|list| slugs.iter().any(|slug| slug == list.slug.as_str()))
            .map(|list| list.name)
            .collect(),
    ))
}

/// Uses a confirmation link. Of network addresses only the one that pressed its button is
/// kept, as proof: who filled in the form may have been somebody else.
pub async fn confirm(site: &Site, token: &str, address: Option<IpAddr>) -> Result<Option<Subscriber>, StorageError> {
    let now = site.now();
    subscribers::confirm(&site.db, &digest(token), now.plus(-CONFIRM_WITHIN), &written(address), now).await
}

/// A network address as proofs hold it.
fn written(address: Option<IpAddr>) -> String {
    address.map(|address| address.to_canonical().to_string()).unwrap_or_default()
}

/// The token of somebody's own page, which stands in each of their mails.
pub fn reader_token(site: &Site, id: i64, key: &str) -> String {
    format!("{id}-{}", site.secrets.sign(READER, &format!("{id}:{key}")))
}

/// Whose token this is.
pub async fn reader(site: &Site, token: &str) -> Result<Option<Subscriber>, StorageError> {
    let Some((id, signature)) = token.split_once('-') else { return Ok(None) };
    let Ok(id) = id.parse::<i64>() else { return Ok(None) };
    let subscriber = subscribers::by_id(&site.db, id).await?;
    Ok(subscriber.filter(|who| site.secrets.verify(READER, &format!("{id}:{}", who.key), signature)))
}

/// The newsletters that somebody gets.
pub async fn chosen(site: &Site, who: &Subscriber) -> Result<Vec<String>, StorageError> {
    Ok(subscribers::lists_of(&site.db, who.id).await?.into_iter().map(|(list, _)| list).collect())
}

/// Gives somebody just these newsletters; names that are none are left out.
pub async fn choose(
    site: &Site,
    who: &Subscriber,
    slugs: &[String],
    address: Option<IpAddr>,
) -> Result<(), StorageError> {
    let (known, now) = (lists(site).await?, site.now());
    let chosen: Vec<&Newsletter> =
        known.iter().filter(|list| slugs.iter().any(|slug| slug == list.slug.as_str())).collect();
    let about: Vec<String> = chosen.iter().map(|list| format!("{}. {}", list.name, list.description)).collect();
    let words = format!("The reader’s own page:\nYou get\n{}\n[Save]\n", about.join("\n"));
    let consent = Consent {
        at: now,
        asked: None,
        way: ConsentWay::OwnPage,
        source: String::new(),
        details: String::new(),
        lists: Vec::new(),
        wording: Wording { digest: digest(&words), words },
        address: written(address),
    };
    let slugs: Vec<String> = chosen.iter().map(|list| list.slug.to_string()).collect();
    subscribers::choose(&site.db, who.id, &slugs, &consent, now).await.map(drop)
}

/// How somebody agreed, for that reader and for whoever has to prove it. `moment` writes times.
pub(in crate::services) fn proof(consent: &Consent, moment: impl Fn(Timestamp) -> Value) -> Value {
    json!({
        "newsletters": consent.lists,
        "agreed": moment(consent.at),
        "asked": consent.asked.map(&moment),
        "way": consent.way,
        "source": consent.source,
        "details": consent.details,
        "address": consent.address,
        "words": consent.wording.words,
    })
}

/// Somebody leaves one newsletter.
pub async fn leave(site: &Site, who: &Subscriber, list: &str) -> Result<(), StorageError> {
    subscribers::leave(&site.db, who.id, list, site.now()).await
}

/// What is stored of a reader of newsletters, for that reader.
pub async fn export(site: &Site, who: &Subscriber) -> Result<Value, StorageError> {
    let calendar = front(site).await?.calendar.clone();
    let lists = subscribers::lists_of(&site.db, who.id).await?.into_iter();
    let lists: Vec<Value> =
        lists.map(|(list, since)| json!({ "newsletter": list, "since": calendar.machine(since) })).collect();
    let letters = subscribers::letters_of(&site.db, who.id).await?.into_iter();
    let letters: Vec<Value> =
        letters.map(|(subject, at)| json!({ "subject": subject, "sent": calendar.machine(at) })).collect();
    let (asked, confirmed) = subscribers::since(&site.db, who.id).await?.unzip();
    let consents = consents::of(&site.db, who.id).await?;
    let consents: Vec<Value> =
        consents.iter().map(|consent| proof(consent, |at| calendar.machine(at).into())).collect();
    Ok(json!({
        "email": who.email,
        "standing": who.standing,
        "asked": asked.map(|at| calendar.machine(at)),
        "confirmed": confirmed.flatten().map(|at| calendar.machine(at)),
        "newsletters": lists,
        "consents": consents,
        "letters": letters,
    }))
}

/// Erases a reader of newsletters; links in mails that were sent lead nowhere afterwards.
pub async fn erase(site: &Site, who: &Subscriber) -> Result<(), StorageError> {
    subscribers::erase(&site.db, who.id, site.now()).await
}

/// Forgets addresses that nobody confirmed.
pub async fn forget(site: &Site) -> Result<u64, StorageError> {
    subscribers::forget_pending(&site.db, site.now().plus(-FORGET * Timestamp::DAY), site.now()).await
}

/// All readers as CSV (RFC 4180): address, standing, since when, newsletters, and how they
/// agreed to them, as JSON.
pub async fn csv(site: &Site, mut write: impl FnMut(&str) -> std::io::Result<()>) -> Result<(), StorageError> {
    const CHUNK: i64 = 1_000;
    let told = |e| StorageError::Folder("the export".into(), e);
    let calendar = front(site).await?.calendar.clone();
    write("email,standing,confirmed,newsletters,consents\r\n").map_err(told)?;
    let mut after = 0;
    loop {
        let some = subscribers::all(&site.db, after, CHUNK).await?;
        let Some(last) = some.last() else { return Ok(()) };
        after = last.id;
        for entry in &some {
            let confirmed = entry.confirmed.map(|at| calendar.machine(at)).unwrap_or_default();
            let consents = entry.consents.iter().map(|consent| proof(consent, |at| calendar.machine(at).into()));
            let consents = Value::Array(consents.collect()).to_string();
            let cells = [entry.email.as_str(), &entry.standing, &confirmed, &entry.lists.join(" "), &consents];
            write(&format!("{}\r\n", cells.map(cell).join(","))).map_err(told)?;
        }
    }
}

/// A cell of CSV. What a spreadsheet would take for a formula begins with an apostrophe
/// (OWASP, "CSV Injection").
pub fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use crate::services::newsletter::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, written) in [
            ("a@example.org", "a@example.org"),
            ("=1+1@example.org", "'=1+1@example.org"),
            ("+1@example.org", "'+1@example.org"),
            ("a,b", "\"a,b\""),
            ("-a\"b", "\"'-a\"\"b\""),
        ] {
            assert_eq!(cell(text), written);
        }
    }

    #[test]
    fn an_address_is_told_what_is_wrong() {
        assert_eq!(email_fault("a@example.org"), None);
        assert!(email_fault("ä@example.org").unwrap().contains("beyond a to z"));
        assert!(email_fault("nobody").unwrap().contains("name@example.org"));
    }
}
