//! Signing in and out, and the accounts behind it.
//!
//! The newsroom signs in with a password, readers by a link in a mail. What is told to
//! whoever is not signed in is the same for known and unknown addresses, and takes the
//! same time.

use super::passwords::{self, PasswordError};
use crate::services::{
    Site,
    mail::unasked,
    site::{
        frame::front,
        rate_limit::Pace,
        secrets::{SecretsError, digest, random},
    },
    text::{agents, word_lists::fold},
};
pub use crate::storage::accounts::{Account, Link};
use crate::{
    domain::{
        AccountId,
        account::{MAX_PASSWORD, Role, password_fault},
        contact::{MAX_EMAIL, is_email},
        reply::{MAX_NAME, Reply},
        time::Timestamp,
    },
    storage::{
        StorageError,
        accounts::{self, Change, Draft},
        mails,
    },
};
use std::net::IpAddr;

/// Somebody of the newsroom who does nothing for so long is signed out.
const STAFF_IDLE: i64 = 12 * Timestamp::HOUR;
/// And after so long in any case.
const STAFF_LONGEST: i64 = 14 * Timestamp::DAY;
/// The same for readers.
const READER_IDLE: i64 = 30 * Timestamp::DAY;
const READER_LONGEST: i64 = 90 * Timestamp::DAY;
/// Using a session is written down so often at most.
const TOUCH: i64 = 5 * 60_000;
/// A link in a mail is good for so long.
const LINK: i64 = 30 * 60_000;
/// Links for one address in an hour.
const LINKS: i64 = 3;

/// Why somebody is not signed in, or an account not changed; in words for a reader or
/// operator.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Name or password is wrong; nobody is told which.
    #[error("That email address and password don’t belong together.")]
    Wrong,
    /// Too many wrong tries.
    #[error("Too many tries. Please wait a quarter of an hour.")]
    TooMany,
    /// Too many sign in at this moment.
    #[error("Many are signing in at this moment. Please try again in a few seconds.")]
    Busy,
    /// Something in it is wrong.
    #[error("{0}")]
    Fault(String),
    /// The address has no account.
    #[error("there is no account for “{0}”")]
    Unknown(String),
    /// Hashing.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Randomness.
    #[error(transparent)]
    Random(#[from] SecretsError),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Tries of the last quarter of an hour to sign in, those under way included: a try is counted
/// before its password is looked at, and given back where that was right. Each server counts for
/// itself.
#[derive(Default)]
pub struct Tries(Pace);

/// What is counted of a try, with how many are too many.
type Keys = Vec<(String, u32)>;

impl Tries {
    const SPAN: i64 = 15 * 60_000;
    /// For one account from one network, or from one browser that knows it.
    const MOST: u32 = 10;
    /// For one account from all networks, or from one network for all accounts: more, so
    /// that nobody locks an editor out by guessing from elsewhere.
    const MOST_ALONE: u32 = 100;

    /// A browser that has signed in to the account before is counted by itself: whatever is tried
    /// from elsewhere doesn't lock it out.
    fn keys(email: &str, network: &str, browser: &str) -> Keys {
        if !browser.is_empty() {
            return vec![(format!("{email} by {browser}"), Self::MOST)];
        }
        vec![
            (format!("{email} {network}"), Self::MOST),
            (format!("mail {email}"), Self::MOST_ALONE),
            (format!("net {network}"), Self::MOST_ALONE),
        ]
    }

    /// Counts a try; answers whether it may be made.
    fn begin(&self, keys: &Keys, now: Timestamp) -> bool {
        let counts = keys.iter().map(|(key, most)| self.0.count(key, Self::SPAN, now) <= *most);
        // All of them are counted, and given back together.
        let allowed = counts.collect::<Vec<_>>().into_iter().all(|few| few);
        if !allowed {
            self.give_back(keys);
        }
        allowed
    }

    fn give_back(&self, keys: &Keys) {
        for (key, _) in keys {
            self.0.give_back(key);
        }
    }
}

/// The name of a browser that has signed in to an account, for its cookie.
const KNOWN: &str = "known browser";

/// What a browser keeps that has signed in, so that wrong tries from elsewhere don't lock it out.
/// It signs nobody in.
pub fn known_browser(site: &Site, email: &str) -> Result<String, SecretsError> {
    let number = random::<16>()?;
    let sign = site.secrets.sign(KNOWN, &format!("{number} {}", email.trim().to_lowercase()));
    Ok(format!("{number}.{sign}"))
}

/// The number of a browser that has signed in to this account before; empty for all others.
fn browser_of(site: &Site, email: &str, cookie: &str) -> String {
    let known =
        cookie.split_once('.').filter(|(number, sign)| site.secrets.verify(KNOWN, &format!("{number} {email}"), sign));
    known.map(|(number, _)| number.to_owned()).unwrap_or_default()
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Whose account.
    pub account: Account,
    /// The session's name in storage.
    session: String,
}

/// Who has this session; `None` where it has ended.
pub async fn who(site: &Site, token: &str) -> Result<Option<Signed>, StorageError> {
    let name = digest(token);
    let Some(session) = accounts::session(&site.db, &name).await? else { return Ok(None) };
    let now = site.now();
    let (idle, longest) =
        if session.account.role.is_staff() { (STAFF_IDLE, STAFF_LONGEST) } else { (READER_IDLE, READER_LONGEST) };
    if session.account.disabled.is_some() || now >= session.used.plus(idle) || now >= session.begun.plus(longest) {
        return Ok(None);
    }
    if now >= session.used.plus(TOUCH) {
        accounts::touch(&site.db, &name, now).await?;
    }
    Ok(Some(Signed { account: session.account, session: name }))
}

async fn begin(site: &Site, account: AccountId) -> Result<String, AccountError> {
    let token = random::<32>()?;
    accounts::begin(&site.db, account, &digest(&token), site.now()).await?;
    Ok(token)
}

/// Signs in with a password; answers the token of the session. `known` is the cookie of a browser
/// that has signed in before ([`known_browser`]), or empty.
pub async fn sign_in(
    site: &Site,
    email: &str,
    password: &str,
    household: &str,
    known: &str,
) -> Result<String, AccountError> {
    let email = email.trim().to_lowercase();
    if email.len() > MAX_EMAIL || password.chars().count() > MAX_PASSWORD {
        return Err(AccountError::Wrong);
    }
    let browser = browser_of(site, &email, known);
    let keys = Tries::keys(&email, household, &browser);
    if !site.tries.begin(&keys, site.now()) {
        return Err(AccountError::TooMany);
    }
    let account = accounts::by_email(&site.db, &email).await?.filter(|account| account.disabled.is_none());
    let stored = account.as_ref().map(|account| account.password.clone()).unwrap_or_default();
    let Some(right) = passwords::verify(password.to_owned(), stored, !browser.is_empty()).await else {
        site.tries.give_back(&keys);
        return Err(AccountError::Busy);
    };
    match account {
        Some(account) if right => {
            site.tries.give_back(&keys);
            begin(site, account.id).await
        }
        _ => Err(AccountError::Wrong),
    }
}

/// Who asks for a link: what the request says of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asker<'a> {
    /// The cookie by which the browser is known again when the link is opened.
    pub browser: &'a str,
    /// What the browser calls itself.
    pub agent: &'a str,
    /// The network address.
    pub address: Option<IpAddr>,
}

/// What a browser gets when it asks for a link.
pub fn asking_browser() -> Result<String, SecretsError> {
    random::<16>()
}

/// Sends a reader the link by which to sign in. The answer is the same for every
/// address; the newsroom's get a mail that says where they sign in.
pub async fn send_link(site: &Site, email: &str, asker: &Asker<'_>) -> Result<(), AccountError> {
    let email = email.trim().to_lowercase();
    if !is_email(&email) {
        return Err(AccountError::Fault("Please give an email address like name@example.org.".into()));
    }
    if !unasked::allowed(site, asker.address) {
        return Err(AccountError::Fault(unasked::TOO_MANY.into()));
    }
    let now = site.now();
    let token = random::<32>()?;
    let link = Link {
        email: email.clone(),
        browser: digest(asker.browser),
        asked_with: agents::describe(asker.agent),
        asked_from: asker.address.map(|address| address.to_string()).unwrap_or_default(),
        made: now.0,
    };
    let account = accounts::by_email(&site.db, &email).await?;
    if account.as_ref().is_some_and(|account| account.disabled.is_some())
        || !accounts::put_link(&site.db, &digest(&token), &link, LINKS, now.plus(-Timestamp::HOUR), now).await?
    {
        return Ok(());
    }
    let name = crate::services::site::settings::edition(site).await?.name;
    let staff = account.is_some_and(|account| account.role.is_staff());
    let way = if staff {
        format!("You belong to the newsroom, so you sign in with your password:\n\n{}", site.url("/newsroom/sign-in"))
    } else {
        format!(
            "This link signs you in. It is good for 30 minutes, and for one time:\n\n{}",
            site.url(&format!("/sign-in/{token}"))
        )
    };
    let mail = mails::Draft {
        recipient: email,
        subject: format!("Sign in to {name}"),
        body: format!(
            "{way}\n\nIt was asked for with {}{}. If that was not you, you need not do anything.\n",
            link.asked_with,
            if link.asked_from.is_empty() { String::new() } else { format!(", from {}", link.asked_from) },
        ),
        urgent: true,
        ..mails::Draft::default()
    };
    mails::put(&site.db, &mail, now).await?;
    Ok(())
}

/// The link of a mail, where it is still good, and whether it was asked for in this browser.
pub async fn link(site: &Site, token: &str, browser: &str) -> Result<Option<(Link, bool)>, StorageError> {
    let link = accounts::link(&site.db, &digest(token), site.now().plus(-LINK)).await?;
    Ok(link.map(|link| {
        let here = !browser.is_empty() && link.browser == digest(browser);
        (link, here)
    }))
}

/// Signs a reader in by the link of a mail; makes the account at the first time.
/// `None` where the link is not good any more.
pub async fn sign_in_by_link(site: &Site, token: &str) -> Result<Option<String>, AccountError> {
    let now = site.now();
    let Some(email) = accounts::use_link(&site.db, &digest(token), now.plus(-LINK), now).await? else {
        return Ok(None);
    };
    // No part of the address, which nobody is shown: the reader says how to sign.
    let name = "Reader".to_owned();
    let draft = Draft { email: email.clone(), name, role: Role::Reader, password: String::new() };
    accounts::add(&site.db, &draft, now).await?;
    match accounts::by_email(&site.db, &email).await? {
        Some(account) if account.role == Role::Reader && account.disabled.is_none() => {
            Ok(Some(begin(site, account.id).await?))
        }
        _ => Ok(None),
    }
}

/// Ends a session.
pub async fn sign_out(site: &Site, token: &str) -> Result<(), StorageError> {
    accounts::end(&site.db, &digest(token), site.now()).await
}

/// A name as it is stored.
fn name_of(text: &str) -> Result<String, AccountError> {
    let name = Reply { name: text.to_owned(), ..Reply::default() }.tidied().name;
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(AccountError::Fault(format!("A name has 1 to {MAX_NAME} characters.")));
    }
    Ok(name)
}

/// Makes an account; the password may be empty for readers alone.
pub async fn add(site: &Site, email: &str, name: &str, role: Role, password: &str) -> Result<AccountId, AccountError> {
    let email = email.trim().to_lowercase();
    if !is_email(&email) {
        return Err(AccountError::Fault(format!("“{email}” is no mail address like name@example.org")));
    }
    let name = name_of(name)?;
    let draft = Draft { password: hashed(role, password).await?, email: email.clone(), name, role };
    let made = accounts::add(&site.db, &draft, site.now()).await?;
    made.ok_or_else(|| AccountError::Fault(format!("“{email}” has an account already")))
}

async fn hashed(role: Role, password: &str) -> Result<String, AccountError> {
    if password.is_empty() && role == Role::Reader {
        return Ok(String::new());
    }
    if let Some(fault) = password_fault(password) {
        return Err(AccountError::Fault(fault));
    }
    Ok(passwords::hash(password.to_owned()).await?)
}

/// Gives an account another role; all of its sessions end.
pub async fn set_role(site: &Site, email: &str, role: Role) -> Result<(), AccountError> {
    changed(site, email, &Change::Role(role)).await
}

/// Gives an account another password; all of its sessions end.
pub async fn set_password(site: &Site, email: &str, password: &str) -> Result<(), AccountError> {
    let hash = hashed(Role::Admin, password).await?;
    changed(site, email, &Change::Password(hash)).await
}

/// Closes an account, or opens it again; all of its sessions end.
pub async fn disable(site: &Site, email: &str, closed: bool) -> Result<(), AccountError> {
    changed(site, email, &Change::Disabled(closed.then(|| site.now()))).await
}

async fn changed(site: &Site, email: &str, what: &Change) -> Result<(), AccountError> {
    let email = email.trim().to_lowercase();
    let known = accounts::change(&site.db, &email, what, None, site.now()).await?;
    if known { Ok(()) } else { Err(AccountError::Unknown(email)) }
}

/// Another password for whoever is signed in and knows the old one; the other
/// sessions of the account end.
pub async fn change_password(site: &Site, signed: &Signed, old: &str, new: &str) -> Result<(), AccountError> {
    let keys = Tries::keys(&signed.account.email, "", &signed.session);
    if !site.tries.begin(&keys, site.now()) {
        return Err(AccountError::TooMany);
    }
    match passwords::verify(old.to_owned(), signed.account.password.clone(), true).await {
        Some(true) => site.tries.give_back(&keys),
        Some(false) => return Err(AccountError::Fault("The old password is another one.".into())),
        None => {
            site.tries.give_back(&keys);
            return Err(AccountError::Busy);
        }
    }
    let change = Change::Password(hashed(signed.account.role, new).await?);
    accounts::change(&site.db, &signed.account.email, &change, Some(&signed.session), site.now()).await?;
    Ok(())
}

/// Why a name is not taken.
pub const RESERVED: &str =
    "This is the name of somebody in our newsroom, or looks like it. Please sign with another one.";

/// What nobody outside the newsroom signs with, whatever it is called there.
const OFFICES: [&str; 8] =
    ["admin", "administrator", "editor", "editors", "moderator", "moderators", "newsroom", "staff"];

/// A name without its disguises: letters of other scripts that look alike, signs, spaces,
/// letters that are doubled.
fn bare(name: &str) -> String {
    let mut letters: Vec<char> = fold(name).chars().filter(|c| *c != ' ').collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// Whether a name belongs to somebody of the newsroom or to the publication, or passes for
/// such a name.
pub async fn is_reserved(site: &Site, name: &str) -> Result<bool, StorageError> {
    let bare_name = bare(name);
    let edition = front(site).await?.edition.name.clone();
    let mut names = accounts::newsroom_names(&site.db).await?;
    names.push(edition);
    Ok(names.iter().map(String::as_str).chain(OFFICES).any(|taken| bare(taken) == bare_name))
}

/// Another name for a reader who is signed in.
pub async fn rename(site: &Site, signed: &Signed, name: &str) -> Result<(), AccountError> {
    let name = name_of(name)?;
    if signed.account.role.is_staff() || is_reserved(site, &name).await? {
        return Err(AccountError::Fault(RESERVED.into()));
    }
    accounts::change(&site.db, &signed.account.email, &Change::Name(name), None, site.now()).await?;
    Ok(())
}

/// The newsroom's accounts, or all.
pub async fn list(site: &Site, staff_only: bool) -> Result<Vec<Account>, StorageError> {
    accounts::list(&site.db, staff_only).await
}

/// Whether nobody can sign in to the newsroom yet.
pub async fn nobody(site: &Site) -> Result<bool, StorageError> {
    Ok(accounts::list(&site.db, true).await?.is_empty())
}
