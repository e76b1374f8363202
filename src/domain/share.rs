//! Addresses at which other services take a link to share. They work without
//! scripts and without anything of the services on our pages.

/// A service of the share rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// `sharer.php?u=` (Meta's Share Dialog, "Share link" form).
    Facebook,
    /// Web Intent `intent/tweet?url=&text=` (X developer documentation).
    Twitter,
    /// `pin/create/button/?url=&media=&description=` (Pinterest "Save" button documentation).
    Pinterest,
    /// `sharing/share-offsite/?url=` (LinkedIn's share plugin).
    LinkedIn,
    /// `widgets/share/tool?canonicalUrl=&title=&caption=` (Tumblr's share button documentation).
    Tumblr,
    /// `mailto:?subject=&body=` (RFC 6068).
    Email,
    /// `share.php?url=&title=&image=` (VK's share widget).
    VKontakte,
    /// `share/url?url=&text=` (Telegram's sharing widget documentation).
    Telegram,
    /// Copies the page's address; without scripts a link to it.
    CopyLink,
}

/// The row above the body, in order.
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
];

/// The row below the body, in order.
pub const BOTTOM: &[Service] = &[
    Service::Facebook,
    Service::Twitter,
    Service::Pinterest,
    Service::LinkedIn,
    Service::Tumblr,
    Service::Email,
    Service::Telegram,
    Service::CopyLink,
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
        }
    }

    /// The identifier of its icon in the sprite.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Facebook => "facebook",
            Self::Twitter => "x",
            Self::Pinterest => "pinterest",
            Self::LinkedIn => "linkedin",
            Self::Tumblr => "tumblr",
            Self::Email => "email",
            Self::VKontakte => "vk",
            Self::Telegram => "telegram",
            Self::CopyLink => "link",
        }
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
            Self::CopyLink => what.url.to_owned(),
        }
    }
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

    #[test]
    fn everything_is_encoded() {
        let what = Shared {
            url: "https://example.org/world/a?b=c&d",
            title: "Ça & “so”",
            text: "One\ntwo",
            picture: Some("https://example.org/media/x.jpg"),
        };
        assert_eq!(
            Service::Twitter.href(what),
            "https://twitter.com/intent/tweet?url=https%3A%2F%2Fexample.org%2Fworld%2Fa%3Fb%3Dc%26d&text=%C3%87a%20%26%20%E2%80%9Cso%E2%80%9D"
        );
        assert!(Service::Email.href(what).contains("body=One%0Atwo%0D%0A%0D%0Ahttps%3A"));
        for service in TOP.iter().chain(BOTTOM) {
            let href = service.href(what);
            assert!(*service == Service::CopyLink || href.matches('?').count() == 1, "{href}");
            assert!(!href.contains(' ') && !href.contains('"'), "{href}");
        }
    }
}
