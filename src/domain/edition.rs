//! The edition: what the publication is called, and how its frame is furnished.
//!
//! `Leptos.toml` fills an empty database with it; from then on the database is
//! the truth, and `pressroom settings export|import` carries it.

use super::{
    newsletter::{Newsletter, usual},
    share::{BOTTOM, Service, TOP},
    slug::Slug,
};
use serde::{Deserialize, Serialize};

/// A named link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What readers see.
    pub name: String,
    /// Where it leads: a path on this site, or http(s).
    pub url: String,
}

/// A section or topic as the settings write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shelf {
    /// The last part of its address.
    pub slug: Slug,
    /// What readers see.
    pub name: String,
    /// Under its heading; may be left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// Where an advertisement may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// Under the sidebar's sign-up form.
    Sidebar,
    /// Inside the body of articles.
    Article,
}

/// A booked advertisement: our own picture and a link, no script of anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdSlot {
    /// Where it stands.
    pub place: Place,
    /// The picture's address on this site.
    pub picture: String,
    /// What the picture shows or says.
    pub alt: String,
    /// Where it leads.
    pub url: String,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}

/// The line above everything, for as long as it is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breaking {
    /// One line.
    pub text: String,
    /// Where it leads.
    pub url: String,
    /// When it disappears by itself: RFC 3339, or a date and time in the
    /// publication's zone, as `2027-01-04 18:00`.
    pub until: String,
}

/// How much of an article its feeds hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedText {
    /// The whole text.
    #[default]
    Full,
    /// The standfirst.
    Summary,
}

/// What is given to feed readers, search engines and robots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Machines {
    /// How much of an article its feeds hold.
    pub feed_text: FeedText,
    /// A WebSub hub, which is told in the feeds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hub: Option<String>,
    /// May robots take the texts to train models?
    pub robots_training: bool,
    /// May robots take them into the indexes of answering machines?
    pub robots_search: bool,
    /// May robots fetch a page while they answer somebody?
    pub robots_retrieval: bool,
    /// For taken-over articles search engines are sent to the source.
    pub canonical_is_source: bool,
    /// Where faults of security are told to: `mailto:…` or https (RFC 9116).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_contact: Option<String>,
}

impl Default for Machines {
    fn default() -> Self {
        Self {
            feed_text: FeedText::Full,
            hub: None,
            robots_training: false,
            robots_search: true,
            robots_retrieval: true,
            canonical_is_source: false,
            security_contact: None,
        }
    }
}

/// How readers may talk under articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Conversation {
    /// A conversation closes so many days after its article appeared; 0: never.
    pub close_after_days: u32,
    /// So many days after its article appeared, every comment is read first; 0: never.
    pub hold_after_days: u32,
    /// For so many minutes writers can change what they wrote; at most 15.
    pub edit_minutes: u32,
    /// So many of a newcomer's comments are read before they appear.
    pub approvals: u32,
    /// The rules in one line, above the form.
    pub rules: String,
    /// The page on which they stand in full: its slug.
    pub rules_page: String,
    /// Comments with these words or phrases go to the spam; `word*` is every word that
    /// begins so.
    pub banned_words: Vec<String>,
    /// Comments with these are held.
    pub suspect_words: Vec<String>,
    /// Browsers pay for a comment with a second of work; comments without are held.
    pub proof_of_work: bool,
    /// Emails and addresses of guests are forgotten after so many days; 0: kept.
    pub forget_after_days: u32,
    /// What readers wrote is found by the search, too.
    pub in_search: bool,
}

impl Default for Conversation {
    fn default() -> Self {
        Self {
            close_after_days: 14,
            hold_after_days: 0,
            edit_minutes: 5,
            approvals: 2,
            rules: "Stay on the subject, be fair to people, and sign with your name.".into(),
            rules_page: "standards".into(),
            banned_words: Vec::new(),
            suspect_words: Vec::new(),
            proof_of_work: false,
            forget_after_days: 0,
            in_search: false,
        }
    }
}

/// The share rows of an article: services in their order; an empty row is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sharing {
    /// Above the text.
    pub top: Vec<Service>,
    /// Below it.
    pub bottom: Vec<Service>,
}

impl Default for Sharing {
    fn default() -> Self {
        Self { top: TOP.to_vec(), bottom: BOTTOM.to_vec() }
    }
}

/// Everything about the publication that is not an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The publication's name.
    pub name: String,
    /// A few words under or beside the name, for titles.
    pub tagline: String,
    /// One or two sentences; in the footer and for search engines.
    pub description: String,
    /// BCP 47 tag of the interface and, unless they say otherwise, of the articles.
    pub language: String,
    /// IANA name of the zone in which dates are told and days begin.
    pub time_zone: String,
    /// Who holds the rights.
    pub owner: String,
    /// Where the owner is reached by post, in one line: below every letter, where many
    /// countries want it (in the United States 16 CFR 316, CAN-SPAM).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postal_address: String,
    /// A logo for light pages, an address on this site; none: the name in letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_light: Option<String>,
    /// The same for dark pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_dark: Option<String>,
    /// The publication's profiles elsewhere; the first three stand at the top too.
    #[serde(default)]
    pub profiles: Vec<Link>,
    /// The main navigation before the sections; empty: Home and News.
    #[serde(default)]
    pub menu: Vec<Link>,
    /// Slugs of the pages that the footer links, in order.
    #[serde(default)]
    pub footer_pages: Vec<Slug>,
    /// What is given to machines.
    #[serde(default)]
    pub machines: Machines,
    /// How readers may talk.
    #[serde(default)]
    pub conversation: Conversation,
    /// Where readers pass articles on.
    #[serde(default)]
    pub sharing: Sharing,
    /// What readers can sign up for.
    #[serde(default = "usual")]
    pub newsletters: Vec<Newsletter>,
    /// Booked advertisements.
    #[serde(default)]
    pub ads: Vec<AdSlot>,
    /// The breaking bar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breaking: Option<Breaking>,
    /// Sections in the order of the navigation.
    #[serde(default)]
    pub sections: Vec<Shelf>,
    /// Topics in the order of the topic bar.
    #[serde(default)]
    pub topics: Vec<Shelf>,
}

impl Edition {
    /// How many profiles stand beside the topic bar and in the drawer.
    pub const HEAD_PROFILES: usize = 3;

    /// What is wrong with it, in an operator's words: key, what was found, what is allowed.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (key, text) in [("name", &self.name), ("owner", &self.owner), ("language", &self.language)] {
            if text.trim().is_empty() {
                faults.push(format!("{key}: is empty; a few words are needed"));
            }
        }
        let links =
            self.profiles.iter().map(|l| ("profiles", &l.url)).chain(self.menu.iter().map(|l| ("menu", &l.url)));
        let ads = self.ads.iter().flat_map(|ad| [("ads", &ad.url), ("ads", &ad.picture)]);
        for (key, url) in links.chain(ads).chain(self.breaking.iter().map(|b| ("breaking", &b.url))) {
            if !is_link(url) {
                faults.push(format!("{key}: “{url}” is no address; allowed are /paths and http(s)://…"));
            }
        }
        for ad in &self.ads {
            let own = ad.picture.starts_with('/') && is_link(&ad.picture);
            if !own {
                faults.push(format!("ads.picture: found “{}”, allowed is a path on this site", ad.picture));
            }
            if ad.width == 0 || ad.height == 0 || ad.alt.trim().is_empty() {
                faults.push(format!("ads: “{}” needs a width, a height and an alt text", ad.url));
            }
        }
        if self.breaking.as_ref().is_some_and(|line| line.text.trim().is_empty()) {
            faults.push("breaking.text: is empty; a few words are needed".into());
        }
        let machines = &self.machines;
        if let Some(hub) = machines.hub.as_ref().filter(|hub| !hub.starts_with("http") || !is_link(hub)) {
            faults.push(format!("machines.hub: “{hub}” is no address; allowed is http(s)://…"));
        }
        let wrong = |to: &&String| {
            !to.starts_with("mailto:") && !to.starts_with("https://") || to.contains(char::is_whitespace)
        };
        if let Some(to) = machines.security_contact.as_ref().filter(wrong) {
            faults.push(format!("machines.security_contact: found “{to}”, allowed is mailto:… or https://…"));
        }
        let conversation = &self.conversation;
        if conversation.edit_minutes > 15 {
            faults.push(format!("conversation.edit_minutes: found {}, allowed is 0 to 15", conversation.edit_minutes));
        }
        if conversation.banned_words.iter().chain(&conversation.suspect_words).any(|word| word.trim().is_empty()) {
            faults.push("conversation: an empty word would be in every comment".into());
        }
        for (key, row) in [("top", &self.sharing.top), ("bottom", &self.sharing.bottom)] {
            let twice = row.iter().enumerate().find(|(n, service)| row[..*n].contains(service));
            if let Some((_, service)) = twice {
                faults.push(format!("sharing.{key}: “{service}” stands there twice"));
            }
        }
        for (n, letter) in self.newsletters.iter().enumerate() {
            if letter.name.trim().is_empty() || letter.name.chars().any(char::is_control) {
                faults.push(format!("newsletters: “{}” needs a name of one line", letter.slug));
            }
            if self.newsletters[..n].iter().any(|other| other.slug == letter.slug) {
                faults.push(format!("newsletters: “{}” stands there twice", letter.slug));
            }
        }
        for (key, shelves) in [("sections", &self.sections), ("topics", &self.topics)] {
            let mut seen = std::collections::HashSet::new();
            for shelf in shelves {
                if !seen.insert(&shelf.slug) {
                    faults.push(format!("{key}: “{}” stands there twice", shelf.slug));
                }
                if shelf.name.trim().is_empty() {
                    faults.push(format!("{key}: “{}” has no name", shelf.slug));
                }
                if key == "sections"
                    && let Err(why) = shelf.slug.clone().top_level()
                {
                    faults.push(format!("{key}: {why}"));
                }
            }
        }
        faults
    }
}

/// A path of this site, or an address on the web.
pub fn is_link(url: &str) -> bool {
    let local = url.starts_with('/') && !url.starts_with("//");
    (local || url.starts_with("https://") || url.starts_with("http://")) && !url.chars().any(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_and_web_addresses_are_links() {
        for good in ["/contact", "https://example.org/", "http://example.org"] {
            assert!(is_link(good), "{good}");
        }
        for bad in ["", "javascript:alert(1)", "//evil.example", "ftp://x", "https://a b"] {
            assert!(!is_link(bad), "{bad}");
        }
    }
}
