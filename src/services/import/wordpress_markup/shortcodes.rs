//! Shortcodes: `[name attr="value"]`, possibly with a `[/name]` further on.
//!
//! Owns which names mean what. Captions become a pseudo element the tree knows, galleries an empty
//! `<div class="gallery">` with the picture ids, players and embeds a link card; other shortcodes
//! of plugins are taken away and what they enclose is kept. Brackets in prose stay as they are.

use std::borrow::Cow;
use std::collections::HashMap;

use super::cards;
use super::entities::{decode, escape};
use super::lexer::Token;
use super::shorttag::ShortTag;

enum Kind {
    Caption,
    Gallery,
    Embed,
    Media,
    Playlist,
    /// A service; the text is put before an id to make an address.
    Player(&'static str),
    /// Known and not supported: removed, keeping what it encloses.
    Drop,
    Unknown,
}

fn kind(name: &str) -> Kind {
    match name {
        "caption" | "wp_caption" => Kind::Caption,
        "gallery" => Kind::Gallery,
        "embed" => Kind::Embed,
        "audio" | "video" => Kind::Media,
        "playlist" => Kind::Playlist,
        "youtube" => Kind::Player("https://www.youtube.com/watch?v="),
        "vimeo" => Kind::Player("https://vimeo.com/"),
        "dailymotion" => Kind::Player("https://www.dailymotion.com/video/"),
        "ted" => Kind::Player("https://www.ted.com/talks/"),
        "wpvideo" | "videopress" => Kind::Player("https://videopress.com/v/"),
        "flickr" | "googlevideo" | "instagram" | "scribd" | "slideshare" | "soundcloud" | "spotify" | "tiktok"
        | "tweet" | "twitter" | "facebook" | "googlemaps" | "iframe" | "mixcloud" | "bandcamp" => Kind::Player(""),
        "contact-form-7" | "contact-form" | "contact-field" | "gravityform" | "ninja_form" | "wpforms" | "latex"
        | "poll" | "polldaddy" | "archives" | "recent_posts" | "sitemap" | "subscribe" | "toc" | "no_toc" | "row"
        | "column" | "columns" | "one_half" | "one_third" | "two_third" | "button" | "divider" | "spacer" | "clear"
        | "dropcap" | "tabs" | "tab" | "accordion" | "toggle" | "slideshow" | "portfolio" => Kind::Drop,
        _ if ["vc_", "et_pb_", "su_", "fusion_", "av_", "cs_", "fl_", "wpv-", "woocommerce_"]
            .iter()
            .any(|prefix| name.starts_with(prefix)) =>
        {
            Kind::Drop
        }
        _ => Kind::Unknown,
    }
}

/// Whether a tag stands for something that only the old site's plugins could make.
pub fn shows_nothing(tag: &ShortTag<'_>) -> bool {
    let guarded = tag.guard_before && tag.guard_behind;
    !tag.closing
        && !guarded
        && match kind(&tag.name) {
            Kind::Drop => !LAYOUT.contains(&&*tag.name),
            Kind::Unknown => tag.quoted,
            _ => false,
        }
}

/// Tags that only place what they enclose, which stays.
const LAYOUT: [&str; 17] = [
    "row",
    "column",
    "columns",
    "one_half",
    "one_third",
    "two_third",
    "button",
    "divider",
    "spacer",
    "clear",
    "dropcap",
    "tabs",
    "tab",
    "accordion",
    "toggle",
    "no_toc",
    "toc",
];

/// For each shortcode tag, which other one it belongs to: an opening tag and the closing tag of
/// the same name behind it, if no other opening tag of that name comes first.
fn pairs(tokens: &[Token<'_>]) -> HashMap<usize, usize> {
    let mut pairs = HashMap::new();
    let mut next: HashMap<&str, usize> = HashMap::new();
    for (at, token) in tokens.iter().enumerate().rev() {
        let Token::Short(tag) = token else { continue };
        if tag.closing {
            next.insert(&tag.name, at);
        } else if let Some(close) = next.remove(&*tag.name) {
            pairs.insert(at, close);
            pairs.insert(close, at);
        }
    }
    pairs
}

/// What becomes of a tag that has been judged.
enum Verdict {
    /// Stays as text, without its guards if they did their work.
    Literal { unguard: bool },
    /// Goes away, what it encloses stays.
    Gone,
    /// Goes away with what it encloses.
    Swallow,
}

/// Replaces all shortcode tags by what they stand for.
pub fn expand<'a>(tokens: Vec<Token<'a>>, base_url: &str) -> Vec<Token<'a>> {
    let pairs = pairs(&tokens);
    // What was decided about an opening tag, for its closing tag.
    let mut literal_closes: HashMap<usize, bool> = HashMap::new();
    // An enclosure is swallowed only if it is text, so that `[audio]` … `[/audio]` far apart
    // cannot take half an article away.
    let swallowable = |open: usize, close: usize| {
        tokens[open + 1..close].iter().take(9).all(|t| matches!(t, Token::Text(_))) && close - open <= 8
    };
    let inner_text = |open: usize, close: usize| {
        let mut text = String::new();
        for token in tokens[open + 1..close].iter().take(8) {
            if let Token::Text(t) = token {
                text.push_str(t);
            }
        }
        text
    };
    let mut plan: HashMap<usize, (Verdict, Vec<Token<'a>>)> = HashMap::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Short(tag) = token else { continue };
        let pair = pairs.get(&at).copied();
        let kind = kind(&tag.name);
        let known = !matches!(kind, Kind::Unknown);
        if tag.closing {
            let judged = pair.and_then(|open| literal_closes.remove(&open));
            let verdict = match judged {
                Some(unguard) => Verdict::Literal { unguard },
                None if pair.is_some() || known => Verdict::Gone,
                None => Verdict::Literal { unguard: false },
            };
            let made = match kind {
                Kind::Caption if pair.is_some() && judged.is_none() => {
                    vec![Token::Close("#caption".into())]
                }
                _ => Vec::new(),
            };
            plan.insert(at, (verdict, made));
            continue;
        }
        let guarded_pair = pair.is_some_and(|close| matches!(&tokens[close], Token::Short(c) if c.guard_behind));
        if known && tag.guard_before && (tag.guard_behind || guarded_pair) {
            if !tag.guard_behind {
                literal_closes.insert(at, true);
            }
            plan.insert(at, (Verdict::Literal { unguard: true }, Vec::new()));
            continue;
        }
        let inside = pair.filter(|close| swallowable(at, *close)).map(|close| inner_text(at, close));
        let end = if inside.is_some() { Verdict::Swallow } else { Verdict::Gone };
        let decided = match kind {
            Kind::Caption if pair.is_some() => Some((Verdict::Gone, vec![open_caption(tag)])),
            Kind::Caption | Kind::Drop => Some((Verdict::Gone, Vec::new())),
            Kind::Gallery => Some((end, gallery(tag))),
            Kind::Playlist => Some((end, playlist(tag, base_url))),
            Kind::Embed | Kind::Media | Kind::Player(_) => {
                let prefix = if let Kind::Player(prefix) = kind { prefix } else { "" };
                let inside = inside.unwrap_or_default();
                match address(tag, &inside, prefix, base_url) {
                    Some(url) => Some((end, card(&url))),
                    // `[audio recordings]` is prose; `[video][/video]` has lost its file.
                    None if tag.attrs.iter().any(|(key, _)| key.is_none()) => None,
                    None => Some((Verdict::Gone, Vec::new())),
                }
            }
            Kind::Unknown if pair.is_some() || tag.quoted => Some((Verdict::Gone, Vec::new())),
            Kind::Unknown => None,
        };
        let decided = decided.unwrap_or_else(|| {
            literal_closes.insert(at, false);
            (Verdict::Literal { unguard: false }, Vec::new())
        });
        plan.insert(at, decided);
    }
    carry_out(tokens, plan, &pairs)
}

fn carry_out<'a>(
    tokens: Vec<Token<'a>>,
    mut plan: HashMap<usize, (Verdict, Vec<Token<'a>>)>,
    pairs: &HashMap<usize, usize>,
) -> Vec<Token<'a>> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut skip_to = 0;
    for (at, token) in tokens.into_iter().enumerate() {
        if at < skip_to {
            continue;
        }
        let Token::Short(tag) = token else {
            out.push(token);
            continue;
        };
        let Some((verdict, made)) = plan.remove(&at) else {
            continue;
        };
        if let Verdict::Literal { unguard } = verdict {
            // A guard is one ASCII bracket at either end.
            let from = usize::from(unguard && tag.guard_before);
            let to = tag.source.len() - usize::from(unguard && tag.guard_behind);
            out.push(Token::Text(Cow::Borrowed(&tag.source[from..to])));
            continue;
        }
        if tag.guard_before {
            out.push(Token::Text("[".into()));
        }
        out.extend(made);
        if tag.guard_behind {
            out.push(Token::Text("]".into()));
        }
        if let (Verdict::Swallow, Some(close)) = (verdict, pairs.get(&at)) {
            skip_to = close + 1;
        }
    }
    out
}

fn attr<'a>(tag: &ShortTag<'a>, wanted: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|(key, _)| key.is_some_and(|k| k.eq_ignore_ascii_case(wanted))).map(|(_, value)| *value)
}

fn open_caption<'a>(tag: &ShortTag<'a>) -> Token<'a> {
    let mut attrs = vec![(Cow::Borrowed("align"), Cow::Borrowed(attr(tag, "align").unwrap_or("alignnone")))];
    if let Some(caption) = attr(tag, "caption") {
        attrs.push((Cow::Borrowed("caption"), Cow::Borrowed(caption)));
    }
    Token::Open { name: "#caption".into(), attrs, empty: false }
}

/// Ids as they stand in `ids="1, 2,3"`, anything else left out.
fn ids<'t>(tag: &ShortTag<'t>) -> impl Iterator<Item = &'t str> {
    let list = attr(tag, "ids").or_else(|| attr(tag, "include")).unwrap_or_default();
    list.split(|c: char| !c.is_ascii_digit()).filter(|id| !id.is_empty())
}

fn gallery<'a>(tag: &ShortTag<'a>) -> Vec<Token<'a>> {
    let ids = ids(tag).collect::<Vec<_>>().join(",");
    let attrs = vec![("class".into(), "gallery".into()), ("data-ids".into(), ids.into())];
    vec![Token::Open { name: "div".into(), attrs, empty: true }]
}

/// A playlist names attachments only, so each becomes a link to its attachment page.
fn playlist<'a>(tag: &ShortTag<'a>, base_url: &str) -> Vec<Token<'a>> {
    ids(tag).flat_map(|id| card(&format!("{base_url}/?attachment_id={id}"))).collect()
}

fn card<'a>(url: &str) -> Vec<Token<'a>> {
    let attrs = vec![("href".into(), escape(url).into())];
    vec![Token::Open { name: "#card".into(), attrs, empty: true }]
}

/// The address a player or embed shows.
fn address(tag: &ShortTag<'_>, inside: &str, prefix: &str, base_url: &str) -> Option<String> {
    let candidates = tag.attrs.iter().map(|(_, value)| *value).chain([inside.trim()]);
    for value in candidates {
        if let Some(url) = cards::web_address(value, base_url) {
            return Some(cards::watch_page(&url));
        }
    }
    let id = attr(tag, "id").or_else(|| tag.attrs.first().filter(|(key, _)| key.is_none()).map(|(_, value)| *value));
    let id = decode(id.unwrap_or(inside).trim());
    let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    // An id has a digit or a capital somewhere; a word of prose hardly ever.
    let telling = id.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    (!prefix.is_empty() && plain && telling && id.len() >= 4).then(|| format!("{prefix}{id}"))
}
