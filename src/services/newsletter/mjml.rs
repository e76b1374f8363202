//! How a letter is set: as MJML, which becomes the tables and conditional comments that
//! Outlook needs, and as plain text.

use super::render::{Matter, READER};
use crate::services::{Site, text::html};
use crate::{
    domain::{listing::Summary, media::Picture, newsletter::Kind, words::Words},
    storage::{StorageError, newsletter::letters::Letter},
};
use mrml::prelude::render::RenderOptions;

/// A letter with all that its dress needs.
pub(super) struct Paper<'a> {
    pub site: &'a Site,
    pub letter: &'a Letter,
    pub publication: &'a str,
    pub owner: String,
    pub newsletter: &'a str,
    pub date: String,
    pub language: &'a str,
    pub words: &'static Words,
    /// Opens and followed links are counted.
    pub counts: bool,
}

/// The longest line of plain text, in characters.
const LINE: usize = 72;

/// The same for all mail programs; the dark dress is for those that ask for it (Apple
/// Mail, Thunderbird): others turn colours over themselves.
const STYLE: &str = "\
a { color: #7a1f2b; } \
.words p, .words ul, .words ol, .words blockquote { margin: 0 0 16px; } \
@media (prefers-color-scheme: dark) { \
body, .paper, .paper > table { background-color: #16181d !important; } \
.ink, .ink div, .ink a, .ink p, .ink li { color: #ecebe6 !important; } \
.soft, .soft div, .soft a { color: #b4b2ab !important; } \
.rule p { border-top-color: #4a4c52 !important; } \
}";

/// The lead's picture is so wide, in CSS pixels: the paper without its margins.
const WIDTH: i64 = 552;

fn height_of(picture: &Picture) -> i64 {
    (WIDTH * picture.height.max(1) / picture.width.max(1)).clamp(1, 800)
}

const SERIF: &str = "Georgia, 'Times New Roman', serif";
const SANS: &str = "Helvetica, Arial, sans-serif";

/// Plain text for a place in MJML; marks of our own never come from outside.
fn esc(text: &str) -> String {
    html::escape(&text.replace(READER, ""))
}

/// The same for an attribute, in ASCII: the library writes attributes as Rust's `Debug`
/// does, which has escapes of its own for signs that combine with others.
fn attribute(text: &str) -> String {
    let ascii = |c: char| if c.is_ascii() && c != '\\' { c.to_string() } else { format!("&#{};", u32::from(c)) };
    esc(text).chars().map(ascii).collect()
}

/// A text without the characters that no XML document may hold (XML 1.0, production `Char`):
/// they come in with pasted words, nobody sees them, and the reader of MJML fails on them.
fn allowed(text: &str) -> String {
    let may =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    text.chars().filter(may).collect()
}

/// Mail programs know JPEG, PNG and GIF; what exists as WebP alone stays away.
fn shown(picture: &Picture) -> Option<String> {
    let src = picture.sources(1_200).src;
    [".jpg", ".jpeg", ".png", ".gif"].iter().any(|end| src.ends_with(end)).then_some(src)
}

impl Paper<'_> {
    /// In HTML.
    pub fn html(&self, matter: &Matter) -> Result<String, StorageError> {
        let mjml = allowed(&self.mjml(matter));
        let told =
            |error: &dyn std::fmt::Display| StorageError::Stored(format!("the letter {}: {error}", self.letter.id));
        let parsed = mrml::parse(&mjml).map_err(|error| told(&error))?;
        // No fonts are fetched from elsewhere.
        let options = RenderOptions { fonts: Default::default(), disable_comments: true, ..RenderOptions::default() };
        let html = parsed.element.render(&options).map_err(|error| told(&error))?;
        // The element's attributes say how large a picture is; where a phone shows it smaller,
        // its height follows.
        Ok(match self.height(matter) {
            Some(height) => html.replace(&format!("height:{height}px;"), "height:auto;"),
            None => html,
        })
    }

    fn mjml(&self, matter: &Matter) -> String {
        let letter = self.letter;
        let mut body = String::new();
        let here = self.site.url(&format!("/newsletter/{}", letter.slug));
        let home = self.site.url("/");
        section(
            &mut body,
            "paper",
            "24px 0 0",
            &format!(
                "<mj-text css-class=\"ink\" align=\"center\" font-family=\"{SERIF}\" font-size=\"30px\" line-height=\"36px\">\
               <a href=\"{home}\" style=\"color:#16181d;text-decoration:none\">{}</a></mj-text>\
             <mj-text css-class=\"soft\" align=\"center\" font-size=\"13px\" padding-top=\"0\">{} · {}</mj-text>\
             <mj-divider css-class=\"rule\" border-width=\"2px\" border-color=\"#16181d\" padding-bottom=\"8px\"></mj-divider>",
                esc(self.publication),
                esc(self.newsletter),
                esc(&self.date),
            ),
        );
        if !matter.words.is_empty() {
            let words = dressed(&html::absolute(&matter.words.replace(READER, ""), &self.site.config.site.base_url));
            section(
                &mut body,
                "paper",
                "8px 0",
                &format!(
                    "<mj-text css-class=\"ink words\" font-family=\"{SERIF}\" font-size=\"18px\" line-height=\"28px\">{words}</mj-text>",
                ),
            );
        }
        for (heading, articles) in &matter.blocks {
            if !heading.is_empty() {
                section(
                    &mut body,
                    "paper",
                    "16px 0 0",
                    &format!(
                        "<mj-divider css-class=\"rule\" border-width=\"1px\" border-color=\"#cfcabf\" padding-bottom=\"12px\"></mj-divider>\
                     <mj-text css-class=\"ink\" font-size=\"13px\" font-weight=\"700\" letter-spacing=\"1px\" text-transform=\"uppercase\">{}</mj-text>",
                        esc(heading),
                    ),
                );
            }
            for (n, article) in articles.iter().enumerate() {
                let lead = heading.is_empty() && n == 0;
                self.card(&mut body, article, lead);
            }
        }
        section(
            &mut body,
            "paper",
            "24px 0",
            &format!(
                "<mj-divider css-class=\"rule\" border-width=\"1px\" border-color=\"#cfcabf\"></mj-divider>\
             <mj-text css-class=\"soft\" font-size=\"13px\" line-height=\"20px\">\
               You get {list} because you asked {name} for it.<br />\
               <a href=\"{here}\">Read it on the site</a> · \
               <a href=\"{me}\">Choose your newsletters</a> · \
               <a href=\"{stop}\">Leave {list}</a></mj-text>\
             <mj-text css-class=\"soft\" font-size=\"13px\" line-height=\"20px\" padding-top=\"0\">{name} · {owner}</mj-text>",
                list = esc(self.newsletter),
                name = esc(self.publication),
                owner = esc(&self.owner),
                me = self.site.url(&format!("/newsletter/me/{READER}")),
                stop = self.site.url(&format!("/newsletter/leave/{}/{READER}", letter.list)),
            ),
        );
        if self.counts {
            let src = self.site.url(&format!("/newsletter/opened/{}", letter.id));
            body.push_str(&format!(
                "<mj-section padding=\"0\"><mj-column><mj-image src=\"{src}\" alt=\"\" width=\"1px\" height=\"1px\" padding=\"0\"></mj-image></mj-column></mj-section>"
            ));
        }
        format!(
            "<mjml lang=\"{language}\"><mj-head><mj-title>{subject}</mj-title><mj-preview>{preview}</mj-preview>\
             <mj-attributes><mj-all font-family=\"{SANS}\" color=\"#16181d\"></mj-all>\
             <mj-text font-size=\"16px\" line-height=\"24px\" padding=\"4px 24px\"></mj-text>\
             <mj-divider padding=\"8px 24px\"></mj-divider><mj-image padding=\"8px 24px\"></mj-image></mj-attributes>\
             <mj-raw><meta name=\"color-scheme\" content=\"light dark\" /><meta name=\"supported-color-schemes\" content=\"light dark\" /></mj-raw>\
             <mj-style>{STYLE}</mj-style></mj-head>\
             <mj-body css-class=\"paper\" width=\"600px\" background-color=\"#fdfcf9\">{body}</mj-body></mjml>",
            language = esc(self.language),
            subject = esc(&letter.subject),
            preview = esc(&letter.preheader),
        )
    }

    /// The height of the lead's picture.
    fn height(&self, matter: &Matter) -> Option<i64> {
        let (heading, articles) = matter.blocks.first()?;
        let picture = articles.first().filter(|_| heading.is_empty())?.picture.as_ref()?;
        shown(picture).map(|_| height_of(picture))
    }

    /// Where the link to an article leads: past the counter, where there is one.
    fn link(&self, article: &Summary) -> String {
        match self.counts {
            true => self.site.url(&format!("/newsletter/to/{}/{}", self.letter.id, article.id.0)),
            false => self.site.url(&article.href()),
        }
    }

    fn card(&self, body: &mut String, article: &Summary, lead: bool) {
        let to = self.link(article);
        let mut column = String::new();
        if lead
            && let Some((picture, src)) = article.picture.as_ref().and_then(|picture| Some((picture, shown(picture)?)))
        {
            let (width, height) = (WIDTH, height_of(picture));
            column.push_str(&format!(
                "<mj-image src=\"{}\" alt=\"{}\" href=\"{to}\" width=\"{width}px\" height=\"{height}px\"></mj-image>",
                self.site.url(&src),
                attribute(&picture.alt),
            ));
        }
        if let Some(label) = article.kind.label(self.words) {
            column.push_str(&format!(
                "<mj-text css-class=\"soft\" font-size=\"12px\" line-height=\"16px\" font-weight=\"700\" letter-spacing=\"1px\" text-transform=\"uppercase\" padding-bottom=\"0\" color=\"#5c5a55\">{}</mj-text>",
                esc(label),
            ));
        }
        let (size, height) = if lead { (28, 34) } else { (20, 26) };
        column.push_str(&format!(
            "<mj-text css-class=\"ink\" font-family=\"{SERIF}\" font-size=\"{size}px\" line-height=\"{height}px\" padding-top=\"8px\">\
             <a href=\"{to}\" style=\"color:#16181d;text-decoration:none\">{}</a></mj-text>",
            esc(&article.title),
        ));
        if !article.standfirst.is_empty() {
            column.push_str(&format!(
                "<mj-text css-class=\"ink\" padding-top=\"0\">{}</mj-text>",
                esc(&article.standfirst)
            ));
        }
        if self.letter.kind == Kind::Article {
            column.push_str(&format!(
                "<mj-text padding-top=\"0\"><a href=\"{to}\" style=\"color:#7a1f2b\">Read the article</a></mj-text>"
            ));
        }
        if let Some(line) = byline(article) {
            column.push_str(&format!(
                "<mj-text css-class=\"soft\" font-size=\"13px\" line-height=\"18px\" padding-top=\"0\" color=\"#5c5a55\">{}</mj-text>",
                esc(&line),
            ));
        }
        section(body, "paper", "4px 0", &column);
    }

    /// In plain text.
    pub fn text(&self, matter: &Matter) -> String {
        let mut text = format!("{} · {}\n{}\n\n", self.publication, self.newsletter, self.date);
        if !matter.words.is_empty() {
            let words = html::absolute(&matter.words, &self.site.config.site.base_url);
            // It fails where the lines are too short for what stands in them, which 72 are not.
            let words = html2text::config::plain().string_from_read(words.as_bytes(), LINE);
            text.push_str(words.unwrap_or_else(|_| self.letter.body.clone()).trim());
            text.push_str("\n\n");
        }
        for (heading, articles) in &matter.blocks {
            if !heading.is_empty() {
                text.push_str(&format!("{}\n{}\n\n", heading.to_uppercase(), "-".repeat(heading.chars().count())));
            }
            for article in articles {
                let label = article.kind.label(self.words).map(|label| format!("[{label}] ")).unwrap_or_default();
                text.push_str(&format!("{label}{}\n", article.title));
                let lines = [article.standfirst.clone(), byline(article).unwrap_or_default()];
                for line in lines.iter().filter(|line| !line.is_empty()) {
                    text.push_str(&format!("{line}\n"));
                }
                text.push_str(&format!("{}\n\n", self.site.url(&article.href())));
            }
        }
        let text = allowed(&text.replace(READER, ""));
        format!(
            "{text}-- \nYou get {list} because you asked {} for it.\n\nRead it on the site:\n{}\n\nChoose your newsletters:\n{}\n\nLeave {list}:\n{}\n\n{} · {}\n",
            self.publication,
            self.site.url(&format!("/newsletter/{}", self.letter.slug)),
            self.site.url(&format!("/newsletter/me/{READER}")),
            self.site.url(&format!("/newsletter/leave/{}/{READER}", self.letter.list)),
            self.publication,
            self.owner,
            list = self.newsletter,
        )
    }
}

/// An editor's words with their styles at the elements: Gmail's apps drop style sheets.
fn dressed(words: &str) -> String {
    const STYLES: [(&str, &str); 8] = [
        ("p", "margin:0 0 16px"),
        ("ul", "margin:0 0 16px;padding:0 0 0 24px"),
        ("ol", "margin:0 0 16px;padding:0 0 0 24px"),
        ("blockquote", "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #cfcabf;font-style:italic"),
        ("h2", "margin:24px 0 12px;font-size:24px;line-height:30px"),
        ("h3", "margin:24px 0 8px;font-size:20px;line-height:26px"),
        ("h4", "margin:16px 0 8px;font-size:18px;line-height:24px"),
        ("a", "color:#7a1f2b;text-decoration:underline"),
    ];
    STYLES.iter().fold(words.to_owned(), |words, (name, style)| {
        // Cleaned HTML: a tag begins with its name and a space, or ends there.
        let styled = format!("<{name} style=\"{style}\"");
        words.replace(&format!("<{name}>"), &format!("{styled}>")).replace(&format!("<{name} "), &format!("{styled} "))
    })
}

fn byline(article: &Summary) -> Option<String> {
    let names: Vec<&str> = article.authors.iter().map(|author| author.name.as_str()).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("By {one}")),
        [most @ .., last] => Some(format!("By {} and {last}", most.join(", "))),
    }
}

fn section(body: &mut String, class: &str, padding: &str, column: &str) {
    body.push_str(&format!(
        "<mj-section css-class=\"{class}\" padding=\"{padding}\"><mj-column>{column}</mj-column></mj-section>"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_left_out() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let stays = matches!(u32::from(c), 0x9 | 0xA | 0xD | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x10000..=0x10FFFF);
            assert_eq!(allowed(&c.to_string()).is_empty(), !stays, "{:#x}", u32::from(c));
        }
        assert_eq!(allowed("a\u{b}b\u{0}\u{ffff}\u{fffe} – हि\n"), "ab – हि\n");
    }

    #[test]
    fn attributes_are_ascii() {
        assert_eq!(attribute("A “map” & हि \\"), "A &#8220;map&#8221; &amp; &#2361;&#2367; &#92;");
        assert_eq!(esc("<b>%READER%</b>"), "&lt;b&gt;&lt;/b&gt;");
    }
}
