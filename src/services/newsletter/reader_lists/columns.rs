//! What the columns of reader lists are called in the exports of other programs, and what their
//! cells say: who may be written to, and how they agreed.
//!
//! Names were taken from the exports of Mailchimp, beehiiv, Substack, Ghost, listmonk, Buttondown,
//! Kit, MailerLite, Campaign Monitor, Sendy, ActiveCampaign and from spreadsheets. In doubt nobody
//! is written to.

use crate::{calendar::machine_moment, domain::time::Timestamp};
use jiff::{civil, tz::TimeZone};

/// Why a line of a list does not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Has left.
    Unsubscribed,
    /// Mails came back.
    Bounced,
    /// Was taken out by the old provider, since mails came back.
    Cleaned,
    /// Called a mail spam.
    Complained,
    /// Gets nothing any more, for whatever reason.
    Inactive,
    /// Has not agreed yet.
    Pending,
    /// Has not confirmed.
    Unconfirmed,
    /// Is not to be written to.
    Blocklisted,
    /// Mails are turned off.
    Disabled,
    /// Was deleted.
    Deleted,
    /// Never signed up: a customer, say.
    NeverSubscribed,
    /// The status is empty.
    NoStatus,
    /// Has another status than those that were asked for.
    NotAskedFor,
    /// Another line of the file with this address does not come in.
    OtherLine,
}

impl Reason {
    /// In words, after a number of lines.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unsubscribed => "unsubscribed",
            Self::Bounced => "bounced",
            Self::Cleaned => "cleaned",
            Self::Complained => "complained of spam",
            Self::Inactive => "inactive",
            Self::Pending => "pending",
            Self::Unconfirmed => "unconfirmed",
            Self::Blocklisted => "blocklisted",
            Self::Disabled => "disabled",
            Self::Deleted => "deleted",
            Self::NeverSubscribed => "never subscribed",
            Self::NoStatus => "without a status",
            Self::NotAskedFor => "of another status than asked for",
            Self::OtherLine => "left out by another line with the same address",
        }
    }
}

/// What a cell says of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing against it.
    Fine,
    /// It does not come in.
    Out(Reason),
    /// It can't be told.
    Unknown,
}

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word for the status.
    Status,
    /// The same, where a known word stands in the column; else it is about something else, as
    /// `state` may be a country's.
    Perhaps,
    /// Yes, or a moment, is good; no is this reason, and so is an empty cell.
    Agreed(Reason),
    /// A moment, yes, or any word is this reason; no and an empty cell are good.
    Ended(Reason),
}

use Kind::{Agreed, Ended, Perhaps, Status};
use Reason::{
    Blocklisted, Bounced, Cleaned, Complained, Deleted, Disabled, Inactive, NeverSubscribed, NoStatus, Pending,
    Unconfirmed, Unsubscribed,
};

/// What the column of addresses is called, the surest names first.
const EMAIL: &str = "emailaddress email subscriberemail emailid primaryemail contactemail useremail memberemail email1 \
     email1value emailaddress1 workemail mail mailaddress emailadresse mailadresse adresseemail \
     adressemail courriel correoelectronico correoelectrónico correo indirizzoemail enderecodeemail \
     endereçodeemail emailadres epost epostadress epostadresse sähköposti subscriber subscribers";

/// Columns that say who may be written to.
const STANDING: &[(&str, Kind)] = &[
    (
        "standing statut subscriberstate subscriptionstate subscribertype emailmarketingconsent \
         emailmarketing marketingpermission",
        Status,
    ),
    ("state estado stato zustand type", Perhaps),
    (
        "subscribed issubscribed subscribedtoemails subscribedtonewsletter emailsubscribed optin optedin \
         emailoptin marketingoptin newsletteroptin acceptsmarketing acceptsemailmarketing acceptsemail \
         receivesemails consent emailconsent marketingconsent",
        Agreed(Unsubscribed),
    ),
    ("active isactive", Agreed(Inactive)),
    ("enabled isenabled emailenabled", Agreed(Disabled)),
    (
        "confirmed isconfirmed confirmedat confirmedon confirmationdate confirmationtime dateconfirmed \
         emailconfirmed emailconfirmedat verified isverified emailverified emailverifiedat doubleoptin \
         doubleoptindate doubleoptinat",
        Agreed(Unconfirmed),
    ),
    (
        "unsubscribed isunsubscribed unsubtime unsubcampaigntitle unsubcampaignid unsubreason \
         unsubreasonother unsubscribedat unsubscribedon unsubscribedate unsubscribeddate unsubscribetime \
         unsubscribedatetime unsubscribedtime dateunsubscribed unsubscriptiondate unsubscribereason \
         unsubscribedreason unsubscriptionreason optedout optout emailoptout hasoptedoutofemail \
         optoutdate optouttime optedoutat unsubscribedfromallemail leftat",
        Ended(Unsubscribed),
    ),
    (
        "bounced isbounced bouncedat bouncedate bouncetime hardbounced hardbounce hardbounces \
         hardbouncedat bouncedhard bouncereason bouncetype emailhardbouncereason undeliverabilitydate \
         undeliverabilityreason",
        Ended(Bounced),
    ),
    ("cleantime cleancampaigntitle cleancampaignid cleaned cleanedat", Ended(Cleaned)),
    (
        "complained complainedat complaint complaints complaintdate spam isspam markedasspam markedspam \
         spamcomplaint reportedspam",
        Ended(Complained),
    ),
    ("inactive isinactive inactivesince inactiveat", Ended(Inactive)),
    ("pending ispending", Ended(Pending)),
    ("unconfirmed isunconfirmed", Ended(Unconfirmed)),
    (
        "blocklisted blacklisted isblacklisted isblocklisted emailblacklisted emailblocklisted \
         emailblacklist emailblocklist blocked isblocked suppressed suppressedat suppressionreason \
         emailsuppressed banned donotemail donotmail donotcontact donotsend",
        Ended(Blocklisted),
    ),
    ("emaildisabled disabled isdisabled disabledat", Ended(Disabled)),
    ("deleted deletedat isdeleted archived archivedat isarchived removed removedat", Ended(Deleted)),
];

/// When somebody joined.
const ASKED: &str = "optintime optindate optedinat subscribedat subscribedon subscribedate subscribedatetime \
     subscriptiondate subscriptionstartdate signupdate signuptime signedupat signedup joined joinedat \
     datejoined createdat creationdate created datecreated dateadded addedat added addtime timestamp \
     subscribed asked";
/// When that was confirmed.
const CONFIRMED: &str = "confirmtime confirmedat confirmedon confirmationdate confirmationtime dateconfirmed doubleoptindate \
     doubleoptinat emailconfirmedat emailverifiedat confirmed";
/// From where.
const NETWORK: &str = "confirmip confirmationip optinip signupip subscribeip subscriptionip ipaddress ip";
/// By which form.
const SOURCE: &str = "source signupsource subscribersource optinsource subscribedvia referrer form";

/// Words of a status with which somebody may be written to.
const GOOD: &str = "active subscribed subscriber enabled confirmed optedin optin doubleoptin doubleoptedin verified \
     regular premium gifted aktiv abonniert angemeldet bestätigt actif abonné inscrit confirmé activo \
     suscrito confirmado attivo iscritto confermato ativo inscrito";
/// Words of a status with which nobody is written to.
const BAD: &[(&str, Reason)] = &[
    (
        "unsubscribed unsubscribe unsub optedout optout left cancelled canceled removed notsubscribed \
         revoked withdrawn abgemeldet désabonné désinscrit cancelado disiscritto",
        Unsubscribed,
    ),
    (
        "bounced bounce hardbounced hardbounce softbounced softbounce undeliverable undelivered invalid \
         invalidemail",
        Bounced,
    ),
    ("cleaned", Cleaned),
    ("complained complaint complainer spam spammy spamcomplaint markedasspam reportedspam abuse junk", Complained),
    (
        "inactive cold dormant unengaged expired paused onhold needsattention deactivated inaktiv \
         inactif inactivo inattivo inativo",
        Inactive,
    ),
    (
        "pending awaiting awaitingconfirmation pendingconfirmation waiting validating invited ausstehend \
         enattente pendiente",
        Pending,
    ),
    ("unconfirmed notconfirmed unactivated unverified notverified unbestätigt nonconfirmé", Unconfirmed),
    ("blocklisted blacklisted blocked banned suppressed donotemail donotcontact", Blocklisted),
    ("disabled", Disabled),
    ("deleted archived trashed", Deleted),
    ("nonsubscribed nonsubscriber neversubscribed transactional nooptin notoptedin", NeverSubscribed),
];

/// What exports of people who are not to be written to are called, where no column says so.
const FILES: &str = "unsubscribed unsubscribes unsubscribers nonsubscribed cleaned bounced bounces suppressed \
     suppression suppressions blocklist blocklisted blacklist blacklisted complaints unconfirmed";

/// Only what letters and digits say, in lower case: `E-Mail Address` is `emailaddress`.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a word is among these.
fn among(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// The place of the first of these names.
fn place(names: &[String], wanted: &str) -> Option<usize> {
    wanted.split(' ').find_map(|wanted| names.iter().position(|name| name == wanted))
}

/// Where the addresses stand, by the name of the column.
pub fn email(heading: &[String]) -> Option<usize> {
    let names: Vec<String> = heading.iter().map(|name| plain(name)).collect();
    place(&names, EMAIL)
}

/// How a column is read that says who may be written to.
pub fn kind(name: &str) -> Option<Kind> {
    let name = plain(name);
    let known = STANDING.iter().find(|(names, _)| among(names, &name)).map(|(_, kind)| *kind);
    known.or_else(|| (name.starts_with("status") || name.ends_with("status")).then_some(Status))
}

/// Columns with the proof of a consent: when it was asked for and confirmed, from where, and all
/// of these with what else there is of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proofs {
    /// When somebody joined.
    pub asked: Option<usize>,
    /// When that was confirmed.
    pub confirmed: Option<usize>,
    /// From which network address.
    pub network: Option<usize>,
    /// All that tell of it.
    pub all: Vec<usize>,
}

/// Finds them.
pub fn proofs(heading: &[String]) -> Proofs {
    let names: Vec<String> = heading.iter().map(|name| plain(name)).collect();
    let of = |wanted: &str| place(&names, wanted);
    let every = [ASKED, CONFIRMED, NETWORK, SOURCE];
    let all = (0..names.len()).filter(|n| every.iter().any(|some| among(some, &names[*n])));
    Proofs { asked: of(ASKED), confirmed: of(CONFIRMED), network: of(NETWORK), all: all.collect() }
}

/// What a word says of a status.
fn word(cell: &str) -> Said {
    let cell = plain(cell);
    if among(GOOD, &cell) {
        return Said::Fine;
    }
    bad(&cell).map_or(Said::Unknown, Said::Out)
}

fn bad(plain: &str) -> Option<Reason> {
    BAD.iter().find(|(words, _)| among(words, plain)).map(|(_, reason)| *reason)
}

/// What a cell says against its line where no heading says what its column is about.
pub fn against(cell: &str) -> Option<Reason> {
    bad(&plain(cell))
}

/// No, nothing, never: also a date of zeros, as MySQL writes none.
fn is_no(cell: &str) -> bool {
    const NO: &str = "false f no n none null nil never na nan undefined off nein non";
    let cell = plain(cell);
    among(NO, &cell) || cell.chars().all(|c| c == '0')
}

fn is_yes(cell: &str) -> bool {
    const YES: &str = "1 true t yes y x on ja oui si sí sim checked";
    // Any date, in whatever order its parts stand.
    let dated = cell.bytes().filter(u8::is_ascii_digit).count() >= 4 && cell.contains(['-', '/', '.', ':', ' ']);
    among(YES, &plain(cell)) || dated || moment(cell).is_some()
}

impl Kind {
    /// What a cell of the column says.
    pub fn read(self, cell: &str) -> Said {
        let cell = cell.trim();
        match self {
            Status | Perhaps if cell.is_empty() => Said::Out(NoStatus),
            Status | Perhaps => word(cell),
            Agreed(reason) if is_no(cell) => Said::Out(reason),
            Agreed(_) if is_yes(cell) => Said::Fine,
            Agreed(_) => word(cell),
            Ended(_) if is_no(cell) => Said::Fine,
            Ended(reason) => Said::Out(reason),
        }
    }
}

/// Whether a file is called like one of people who are not to be written to.
pub fn is_warned(file_name: &str) -> bool {
    let name = file_name.to_lowercase().replace("non-", "non").replace("non_", "non");
    name.split(|c: char| !c.is_alphanumeric()).any(|word| among(FILES, word))
}

/// A moment as exports write it: ISO 8601 with or without its zone (then UTC), or the seconds or
/// milliseconds since 1970. What has its day and month in an order that can't be told is none.
pub fn moment(cell: &str) -> Option<Timestamp> {
    let cell = cell.trim();
    if cell.bytes().all(|byte| byte.is_ascii_digit()) && matches!(cell.len(), 10 | 13) {
        let number: i64 = cell.parse().ok()?;
        return Some(Timestamp(if cell.len() == 10 { number * 1_000 } else { number }));
    }
    let utc = cell.strip_suffix("UTC").or_else(|| cell.strip_suffix("GMT"));
    let text = match utc {
        Some(rest) => format!("{}Z", rest.trim_end()),
        None => cell.replace(" +", "+").replace(" -", "-"),
    };
    if let Some(at) = machine_moment(&text) {
        return Some(at);
    }
    let day = || text.parse::<civil::Date>().ok().map(|day| day.at(0, 0, 0, 0));
    let at = text.parse::<civil::DateTime>().ok().or_else(day)?;
    Some(Timestamp(at.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond()))
}
