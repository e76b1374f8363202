//! What reading an export as a whole does.

use super::super::bundle::{CommentKind, EntryKind, EntryState, Note, Standing};
use super::*;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>A &amp; B</title><link>https://old.example/</link><language>el</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example/blog/</wp:base_blog_url>
"#;

fn export(body: &str) -> String {
    format!("{HEAD}{body}</channel></rss>")
}

/// Both readings of a file together.
#[derive(Debug)]
struct Whole {
    names: Bundle,
    entries: Vec<BundleEntry>,
    notes: Vec<Note>,
}

impl std::ops::Deref for Whole {
    type Target = Bundle;

    fn deref(&self) -> &Bundle {
        &self.names
    }
}

fn read(file: &[u8]) -> Result<Whole, WordpressError> {
    let names = survey(file)?;
    let entries: Vec<BundleEntry> = entries(file)?.collect::<Result<_, _>>()?;
    assert_eq!(names.entries, entries.len());
    let notes = names.notes.iter().chain(entries.iter().flat_map(|e| &e.notes)).cloned().collect();
    Ok(Whole { names, entries, notes })
}

fn bundle(body: &str) -> Whole {
    read(export(body).as_bytes()).unwrap()
}

fn error(file: &[u8]) -> String {
    read(file).unwrap_err().to_string()
}

fn post(id: &str, more: &str) -> String {
    format!(
        "<item><title>T</title><wp:post_id>{id}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2013-01-12 03:22:19</wp:post_date_gmt>{more}</item>"
    )
}

#[test]
fn a_whole_export() {
    let body = r#"
<wp:author><wp:author_id>3</wp:author_id><wp:author_login>ann</wp:author_login><wp:author_email>a@x.example</wp:author_email><wp:author_display_name><![CDATA[Ann & Co]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>%ce%b1</wp:category_nicename><wp:category_parent>top</wp:category_parent><wp:cat_name><![CDATA[Α &amp; Ω]]></wp:cat_name></wp:category>
<wp:tag><wp:term_id>2</wp:term_id><wp:tag_slug>t</wp:tag_slug><wp:tag_name>Tag</wp:tag_name></wp:tag>
<item>
 <title><![CDATA[Hello <em>you]]]]><![CDATA[></em> &amp; me]]></title>
 <link>https://old.example/blog/2013/hello/?a=1</link><dc:creator>ann</dc:creator>
 <content:encoded><![CDATA[One]]> <![CDATA[& two

<img src="/i.png">]]></content:encoded>
 <excerpt:encoded>&lt;b&gt;Short&lt;/b&gt;</excerpt:encoded>
 <wp:post_id>10</wp:post_id><wp:post_date>2013-01-12 05:22:19</wp:post_date>
 <wp:post_date_gmt>2013-01-12 03:22:19</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>
 <wp:post_name>hello</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent>
 <wp:post_type>post</wp:post_type><wp:post_password></wp:post_password><wp:is_sticky>1</wp:is_sticky>
 <category domain="category" nicename="%ce%b1"><![CDATA[A]]></category>
 <category domain="post_tag" nicename="new"><![CDATA[New]]></category>
 <category domain="post_format" nicename="post-format-aside">x</category>
 <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>11</wp:meta_value></wp:postmeta>
 <wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_date_gmt>2013-01-13 00:00:00</wp:comment_date_gmt><wp:comment_content>a

b</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
 <wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_type>pingback</wp:comment_type><wp:comment_date_gmt>2013-01-13 00:00:00</wp:comment_date_gmt><wp:comment_approved>0</wp:comment_approved><wp:comment_parent>1</wp:comment_parent></wp:comment>
</item>
<item><title>pic</title><wp:post_id>11</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:attachment_url>https://old.example/i.png</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>Alt</wp:meta_value></wp:postmeta></item>
<item><title>menu</title><wp:post_type>nav_menu_item</wp:post_type></item>
<item><title>menu</title><wp:post_type>nav_menu_item</wp:post_type></item>"#;
    let b = bundle(body);
    assert_eq!((b.title.as_str(), b.base_url.as_str()), ("A & B", "https://old.example/blog"));
    assert_eq!((b.authors.len(), b.authors[0].name.as_str()), (1, "Ann & Co"));
    assert_eq!((b.sections[0].slug.as_str(), b.sections[0].name.as_str()), ("α", "Α & Ω"));
    assert_eq!(b.topics.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["Tag", "New"]);
    let e = &b.entries[0];
    assert_eq!((e.kind, e.state, e.sticky, e.comments_open), (EntryKind::Article, EntryState::Published, true, true));
    assert_eq!((e.title.as_str(), e.excerpt.as_str(), e.line), ("Hello you]]> & me", "Short", 12));
    assert_eq!(e.html, "<p>One & two</p>\n<p><img src=\"https://old.example/i.png\"></p>");
    assert_eq!((&e.sections[..], &e.topics[..]), (&["α".to_owned()][..], &["new".to_owned()][..]));
    assert_eq!((e.picture.as_deref(), e.old_path.as_deref()), (Some("11"), Some("/blog/2013/hello/?a=1")));
    assert_eq!((e.published_ms, e.parent.as_ref()), (Some(1_357_960_939_000), None));
    assert_eq!(e.comments[0].html, "<p>a</p>\n<p>b</p>");
    let second = &e.comments[1];
    assert_eq!(
        (second.kind, second.standing, second.parent.as_deref()),
        (CommentKind::Pingback, Standing::Held, Some("1"))
    );
    assert_eq!((b.media[0].alt.as_str(), b.media[0].url.as_str()), ("Alt", "https://old.example/i.png"));
    assert_eq!(b.notes.len(), 1);
    assert!(b.notes[0].text.starts_with("2 left out"), "{:?}", b.notes);
}

#[test]
fn states_and_dates() {
    let id = std::cell::Cell::new(0);
    let with = |status: &str, more: &str| {
        id.set(id.get() + 1);
        format!("<item><wp:post_id>{}</wp:post_id><wp:status>{status}</wp:status>{more}</item>", id.get())
    };
    let body = [
        with("future", "<wp:post_date_gmt>2099-01-01 00:00:00</wp:post_date_gmt>"),
        with("pending", ""),
        with("private", ""),
        with("odd", ""),
        with("trash", ""),
        with("publish", "<wp:post_password>x</wp:post_password>"),
        with(
            "draft",
            "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><wp:post_date>1970-01-01 00:00:01</wp:post_date>",
        ),
        with(
            "draft",
            "<pubDate>Thu, 01 Jan 1970 00:00:02 +0000</pubDate><wp:post_date_gmt>2013-02-31 00:00:00</wp:post_date_gmt>",
        ),
    ];
    let undated =
        [with("future", ""), with("publish", ""), with("publish", "<link>https://x.example/2013/01/12/a/</link>")];
    let b = bundle(&(body.concat() + &undated.concat()));
    use EntryState::{Draft, Private, Published, Scheduled};
    let states: Vec<_> = b.entries.iter().map(|e| e.state).collect();
    assert_eq!(states, [Scheduled, Draft, Private, Draft, Private, Draft, Draft, Draft, Draft, Published]);
    assert_eq!(b.entries[5].published_ms, Some(1000));
    assert_eq!(b.entries[6].published_ms, Some(2000));
    let notes: Vec<_> = b.notes.iter().map(|n| n.text.as_str()).collect();
    for wanted in ["unknown status", "“trash”", "was private", "a password", "no usable date", "no title"] {
        assert!(notes.iter().any(|n| n.contains(wanted)), "{wanted}: {notes:?}");
    }
}

#[test]
fn trouble_within_an_item_is_a_note() {
    let comment = |id: &str, parent: &str, status: &str| {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_parent>{parent}</wp:comment_parent><wp:comment_approved>{status}</wp:comment_approved></wp:comment>"
        )
    };
    let comments = [
        comment("1", "2", "1"),
        comment("2", "3", "1"),
        comment("3", "1", "1"),
        comment("4", "99", "1"),
        comment("5", "4", "1"),
        comment("5", "4", "1"),
        comment("6", "6", "0"),
        comment("7", "0", "spam"),
        comment("", "", "1"),
    ];
    let b = bundle(&[post("1", &comments.concat()), post("1", ""), post("", "")].concat());
    assert_eq!(b.entries.len(), 2);
    assert!(b.entries[1].id.starts_with("line-"));
    let parents: Vec<_> = b.entries[0].comments.iter().map(|c| c.parent.as_deref()).collect();
    assert_eq!(parents, [Some("2"), Some("3"), None, None, Some("4"), None, None, None]);
    assert!(b.notes.iter().any(|n| n.text.contains("same id")), "{:?}", b.notes);
    assert_eq!(b.entries[0].comments[0].at_ms, 1_357_960_939_000);
    let standings: Vec<_> = b.entries[0].comments.iter().skip(5).map(|c| c.standing).collect();
    assert_eq!(standings, [Standing::Held, Standing::Spam, Standing::Approved], "nothing is lost");
}

#[test]
fn other_spellings_are_read() {
    let file = export(&post("1", "")).replace("wp:", "w:").replace("xmlns:wp", "xmlns:w");
    assert_eq!(read(file.as_bytes()).unwrap().entries.len(), 1);
    let file = export(&post("1", "")).replace("http://wordpress", "https://wordpress").replace("1.2", "1.0");
    assert_eq!(read(file.as_bytes()).unwrap().entries.len(), 1);
    let undeclared = "<rss><channel><wp:wxr_version>1.1</wp:wxr_version><item><title>A & B &nbsp;&#8211;</title><wp:post_id>1</wp:post_id></item></channel></rss>";
    assert_eq!(read(undeclared.as_bytes()).unwrap().entries[0].title, "A & B –");
    let latin = [HEAD.as_bytes(), b"<item><title>caf\xe9</title></item></channel></rss>"].concat();
    let b = read(&latin[..]).unwrap();
    assert_eq!(b.entries[0].title, "caf\u{fffd}");
    assert!(b.notes.iter().any(|n| n.text.contains("UTF-8")));
}

#[test]
fn other_files_are_refused_in_plain_words() {
    for (file, wanted) in [
        ("", "empty"),
        (" \n ", "empty"),
        ("hello", "not XML"),
        ("PK\u{3}\u{4}", "unpack"),
        ("a\0b", "binary"),
        ("<page><p></page>", "no <rss>"),
        ("<!DOCTYPE html><p>Sign in", "a web page"),
        ("<rss><channel></channel></rss>", "wxr_version"),
        ("<rss><channel><item></item></channel></rss>", "wxr_version"),
        ("<!DOCTYPE rss><rss/>", "line 1: the file declares a document type"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><rss/>", "ISO-8859-1"),
        ("<rss><channel><wp:wxr_version>9.9</wp:wxr_version>", "\"9.9\""),
    ] {
        let message = error(file.as_bytes());
        assert!(message.contains(wanted), "{file:?}: {message}");
    }
    for (body, wanted) in [
        ("\n<item>\n</itme>", "line 10: the XML is broken"),
        ("<item><title>x", "cut off"),
        ("<item><![CDATA[x", "cut off"),
        ("<item>&evil;</item>", "\"&evil;\""),
    ] {
        let message = error(format!("{HEAD}{body}").as_bytes());
        assert!(message.contains(wanted), "{body:?}: {message}");
    }
    let deep = format!("{HEAD}<item>{}", "<a>".repeat(1000));
    assert!(error(deep.as_bytes()).contains("deeper"));
    let large = format!("{HEAD}<item><title><![CDATA[{}", "x".repeat(11 << 20));
    assert!(error(large.as_bytes()).contains("10 MB"));
    let sections = "<![CDATA[xxxxxxxxxx]]>x".repeat(1 << 20);
    let large = format!("{HEAD}<item><title>{sections}");
    assert!(error(large.as_bytes()).contains("10 MB"));
}

#[test]
fn every_way_to_cut_or_spoil_a_file_is_survived() {
    let file = export(&post("1", "<content:encoded><![CDATA[é [caption]<b>]]></content:encoded>&amp;"));
    let bytes = file.as_bytes();
    for at in 0..bytes.len() {
        assert!(read(&bytes[..at]).is_err(), "cut at {at}");
        for spoiled in [0xff, b'<', b'&', b'>', 0] {
            let mut copy = bytes.to_vec();
            copy[at] = spoiled;
            let _ = read(&copy[..]);
        }
    }
}
