//! Addresses at which other services take a link to share. They work without
//! scripts and without anything of the services on our pages.

use super::names::stored_names;

stored_names! {
    /// A service of the share rows. Its name in settings and in the counts is stored.
    Service {
        /// `sharer.php?u=` (Meta's Share Dialog, "Share link" form).
        Facebook = "facebook",
        /// Web Intent `intent/tweet?url=&text=` (X developer documentation).
        Twitter = "twitter",
        /// `pin/create/button/?url=&media=&description=` (Pinterest "Save" button documentation).
        Pinterest = "pinterest",
        /// `sharing/share-offsite/?url=` (LinkedIn's share plugin).
        LinkedIn = "linkedin",
        /// `widgets/share/tool?canonicalUrl=&title=&caption=` (Tumblr's share button documentation).
        Tumblr = "tumblr",
        /// `mailto:?subject=&body=` (RFC 6068).
        Email = "email",
        /// `share.php?url=&title=&image=` (VK's share widget).
        VKontakte = "vkontakte",
        /// `share/url?url=&text=` (Telegram's sharing widget documentation).
        Telegram = "telegram",
        /// Copies the page's address; without scripts a link to it.
        CopyLink = "copy-link",
        /// `wa.me/?text=` (WhatsApp Help Center, "How to use click to chat").
        WhatsApp = "whatsapp",
        /// `intent/compose?text=`, at most 300 characters (Bluesky documentation, "Action Intent Links").
        Bluesky = "bluesky",
        /// `{server}/share?text=` of the reader's own server, which a page of ours asks for.
        Mastodon = "mastodon",
        /// `submit?url=&title=` (Reddit Help, "Reddit buttons").
        Reddit = "reddit",
        /// `submitlink?u=&t=` (Hacker News, "Bookmarklet").
        HackerNews = "hacker-news",
        /// `intent/post?url=&text=` (Meta's documentation, "Threads Web Intents").
        Threads = "threads",
        /// The browser's own; only where scripts run.
        Print = "print",
        /// The device's own sheet; only where scripts run and the browser has one.
        Device = "device",
    }
}

/// The row above the body, in order, where the settings name no other.
pub const TOP: &[Service] = &[
    Service::Facebook,
    Service::Twitter,
    Service::Pinterest,
    Service::CopyLink,
    Service::LinkedIn,
    Service::Tumblr,
    Service::Email,
    Service::VKontakte,
    Service::Telegram,
    Service::Device,
];

/// The row below the body, in order, where the settings name no other.
pub const BOTTOM: &[Service] = &[
    Service::Facebook,
    Service::Twitter,
    Service::Pinterest,
    Service::LinkedIn,
    Service::Tumblr,
    Service::Email,
    Service::Telegram,
    Service::CopyLink,
    Service::Device,
];

/// What is shared: everything plain text, nothing encoded yet.
#[derive(Clone, Copy, Debug)]
pub struct Shared<'a> {
    /// The article's full address.
    pub url: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its standfirst.
    pub text: &'a str,
    /// The full address of its picture.
    pub picture: Option<&'a str>,
    /// How this site names it.
    pub slug: &'a str,
}

impl Shared<'_> {
    /// The site's own part of the address: `https://example.org`.
    pub fn origin(&self) -> &str {
        let host = self.url.find("://").map_or(0, |at| at + 3);
        let end = self.url[host..].find('/').map_or(self.url.len(), |at| host + at);
        &self.url[..end]
    }
}

/// The longest post of Bluesky, in characters.
const BLUESKY: usize = 300;

/// Title and address in one text of so many characters: the title is cut, never the address.
fn said(what: Shared<'_>, most: usize) -> String {
    let room = most.saturating_sub(what.url.chars().count() + 1);
    let title = if what.title.chars().count() <= room {
        what.title.to_owned()
    } else {
        let cut: String = what.title.chars().take(room.saturating_sub(1)).collect();
        format!("{}…", cut.trim_end())
    };
    format!("{title} {}", what.url)
}

/// The name of a server of Mastodon, out of whatever readers write; `None` where there is none.
pub fn server(written: &str) -> Option<String> {
    let server = written.trim().to_ascii_lowercase();
    // Whatever people paste: an address of a page there, their full name there.
    let server = server.strip_prefix("https://").or_else(|| server.strip_prefix("http://")).unwrap_or(&server);
    let server = server.split('/').next()?;
    let server = server.rsplit('@').next()?;
    let labels = || server.split('.');
    let letters = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let named = labels().next_back().is_some_and(|last| last.len() > 1 && !last.bytes().all(|b| b.is_ascii_digit()));
    (server.len() <= 253 && labels().count() > 1 && labels().all(letters) && named).then(|| server.to_owned())
}

/// Where a server of Mastodon takes a text to post: `https://{server}/share?text=`.
pub fn mastodon(server: &str, what: Shared<'_>) -> String {
    format!("https://{server}/share?text={}", encode(&said(what, usize::MAX)))
}

impl Service {
    /// The name on the button.
    pub fn name(self) -> &'static str {
        match self {
            Self::Facebook => "Facebook",
            Self::Twitter => "Twitter",
            Self::Pinterest => "Pinterest",
            Self::LinkedIn => "LinkedIn",
            Self::Tumblr => "Tumblr",
            Self::Email => "Email",
            Self::VKontakte => "VKontakte",
            Self::Telegram => "Telegram",
            Self::CopyLink => "Copy Link",
            Self::WhatsApp => "WhatsApp",
            Self::Bluesky => "Bluesky",
            Self::Mastodon => "Mastodon",
            Self::Reddit => "Reddit",
            Self::HackerNews => "Hacker News",
            Self::Threads => "Threads",
            Self::Print => "Print",
            Self::Device => "More ways to share",
        }
    }

    /// The identifier of its icon in the sprite.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Twitter => "x",
            Self::VKontakte => "vk",
            Self::CopyLink => "link",
            Self::Device => "share",
            _ => self.as_str(),
        }
    }

    /// Whether it is a button, which does nothing without scripts and stands there only
    /// with them.
    pub fn is_button(self) -> bool {
        matches!(self, Self::Print | Self::Device)
    }

    /// The address to which its link leads, everything encoded.
    pub fn href(self, what: Shared<'_>) -> String {
        let (url, title) = (encode(what.url), encode(what.title));
        let picture = what.picture.map(encode);
        match self {
            Self::Facebook => format!("https://www.facebook.com/sharer/sharer.php?u={url}"),
            Self::Twitter => format!("https://twitter.com/intent/tweet?url={url}&text={title}"),
            Self::Pinterest => match picture {
                Some(media) => {
                    format!("https://www.pinterest.com/pin/create/button/?url={url}&media={media}&description={title}")
                }
                None => format!("https://www.pinterest.com/pin/create/button/?url={url}&description={title}"),
            },
            Self::LinkedIn => format!("https://www.linkedin.com/sharing/share-offsite/?url={url}"),
            Self::Tumblr => {
                format!(
                    "https://www.tumblr.com/widgets/share/tool?canonicalUrl={url}&title={title}&caption={}",
                    encode(what.text)
                )
            }
            Self::Email => {
                let body = if what.text.is_empty() {
                    what.url.to_owned()
                } else {
                    format!("{}\r\n\r\n{}", what.text, what.url)
                };
                format!("mailto:?subject={title}&body={}", encode(&body))
            }
            Self::VKontakte => match picture {
                Some(image) => format!("https://vk.com/share.php?url={url}&title={title}&image={image}"),
                None => format!("https://vk.com/share.php?url={url}&title={title}"),
            },
            Self::Telegram => format!("https://t.me/share/url?url={url}&text={title}"),
            Self::WhatsApp => format!("https://wa.me/?text={}", encode(&said(what, usize::MAX))),
            Self::Bluesky => format!("https://bsky.app/intent/compose?text={}", encode(&said(what, BLUESKY))),
            Self::Mastodon => format!("/share/mastodon?article={}", encode(what.slug)),
            Self::Reddit => format!("https://www.reddit.com/submit?url={url}&title={title}"),
            Self::HackerNews => format!("https://news.ycombinator.com/submitlink?u={url}&t={title}"),
            Self::Threads => format!("https://www.threads.net/intent/post?url={url}&text={title}"),
            Self::CopyLink | Self::Print | Self::Device => what.url.to_owned(),
        }
    }
}

/// The end of an address that leads to a passage of the page (Web Incubator Community Group,
/// "URL Fragment Text Directives"): its first and last words, or all where they are few.
/// What goes over several paragraphs has to be told by its ends.
pub fn fragment(passage: &str) -> String {
    /// So many words at either end.
    const ENDS: usize = 5;
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    // A dash tells what stands around a passage, so it is encoded as well.
    let told = |words: &[String]| encode(&words.join(" ")).replace('-', "%2D");
    let mut blocks = passage.lines().map(words).filter(|words| !words.is_empty());
    let Some(first) = blocks.next() else { return String::new() };
    let last = blocks.next_back().unwrap_or_else(|| first.clone());
    if passage.trim().lines().count() == 1 && first.len() <= 2 * ENDS {
        return format!("#:~:text={}", told(&first));
    }
    let (start, end) = (&first[..first.len().min(ENDS)], &last[last.len().saturating_sub(ENDS)..]);
    format!("#:~:text={},{}", told(start), told(end))
}

/// Percent-encodes all but the unreserved characters of RFC 3986, 2.3.
pub fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHAT: Shared<'_> = Shared {
        url: "https://example.org/world/a?b=c&d",
        title: "Ça & “so”",
        text: "One\ntwo",
        picture: Some("https://example.org/media/x.jpg"),
        slug: "a",
    };

    #[test]
    fn everything_is_encoded() {
        assert_eq!(WHAT.origin(), "https://example.org");
        assert_eq!(
            Service::Twitter.href(WHAT),
            "https://twitter.com/intent/tweet?url=https%3A%2F%2Fexample.org%2Fworld%2Fa%3Fb%3Dc%26d&text=%C3%87a%20%26%20%E2%80%9Cso%E2%80%9D"
        );
        assert!(Service::Email.href(WHAT).contains("body=One%0Atwo%0D%0A%0D%0Ahttps%3A"));
        for (service, name) in Service::ALL {
            let href = service.href(WHAT);
            let own = service.is_button() || service == Service::CopyLink;
            assert!(own || href.matches('?').count() == 1, "{href}");
            assert!(!href.contains([' ', '"', '“']), "{href}");
            assert_eq!(name.parse::<Service>().unwrap(), service);
        }
    }

    #[test]
    fn a_long_title_is_cut_and_the_address_is_whole() {
        let title = "long ".repeat(100);
        let text = said(Shared { title: &title, ..WHAT }, BLUESKY);
        assert!((BLUESKY - 5..=BLUESKY).contains(&text.chars().count()), "{text}");
        assert!(text.ends_with(&format!("… {}", WHAT.url)), "{text}");
    }

    #[test]
    fn an_address_leads_to_a_passage() {
        assert_eq!(fragment("a two-thirds vote, twice"), "#:~:text=a%20two%2Dthirds%20vote%2C%20twice");
        let long = "One two three four five six seven eight nine ten eleven.";
        assert_eq!(fragment(long), "#:~:text=One%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven.");
        assert_eq!(fragment("The end.\n\nA start of more"), "#:~:text=The%20end.,A%20start%20of%20more");
        assert_eq!(fragment(" \n "), "");
    }

    #[test]
    fn a_server_is_known_however_it_is_written() {
        for written in
            ["mastodon.social", " https://Mastodon.Social/@ann ", "@ann@mastodon.social", "ann@mastodon.social"]
        {
            assert_eq!(server(written).as_deref(), Some("mastodon.social"), "{written}");
        }
        let to = mastodon("mastodon.social", WHAT);
        assert!(to.starts_with("https://mastodon.social/share?text=%C3%87a"), "{to}");
        for none in [
            "",
            "localhost",
            "a b.org",
            "127.0.0.1",
            "x..org",
            "-x.org",
            "x.org:80",
            "javascript:alert(1)",
            "evil.org?x=.a",
        ] {
            assert!(server(none).is_none(), "{none}");
        }
    }
}
