//! Disqus' export (help.disqus.com, "Comments Export"; schema disqus.com/api/schemas/1.0/disqus.xsd):
//! threads with their addresses, posts that name their thread and what they answer.

use super::{Talk, TalkError, moment};
use crate::services::import::bundle::{BundleComment, CommentKind, Standing};
use quick_xml::{Reader, events::Event};
use std::collections::HashMap;

/// One thread or post while it is read.
#[derive(Default)]
struct Item {
    id: String,
    fields: HashMap<String, String>,
    thread: String,
    parent: Option<String>,
}

fn wrong(what: impl ToString) -> TalkError {
    TalkError::Other("Disqus", what.to_string())
}

pub fn read(text: &str) -> Result<Vec<Talk>, TalkError> {
    if !text.contains("<disqus") {
        return Err(wrong("it has no element <disqus>"));
    }
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut item: Option<Item> = None;
    let mut threads: Vec<(String, Talk)> = Vec::new();
    let mut posts: Vec<Item> = Vec::new();
    loop {
        let event = reader.read_event().map_err(wrong)?;
        match &event {
            Event::Eof => break,
            Event::DocType(_) => return Err(wrong("it declares a document type, which is refused for safety")),
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                let id = tag
                    .attributes()
                    .flatten()
                    .find(|attribute| attribute.key.local_name().as_ref() == "id")
                    .map(|attribute| attribute.value.into_owned())
                    .unwrap_or_default();
                match (&mut item, name.as_str(), path.len()) {
                    (None, "thread" | "post", 1) => item = Some(Item { id, ..Item::default() }),
                    (Some(item), "thread", 2) => item.thread = id,
                    (Some(item), "parent", 2) => item.parent = Some(id),
                    _ => {}
                }
                if matches!(event, Event::Start(_)) {
                    path.push(name);
                } else if path.len() == 1 {
                    item = None;
                }
                if path.len() > 20 {
                    return Err(wrong("its elements are nested too deep"));
                }
            }
            Event::End(_) => {
                let name = path.pop().unwrap_or_default();
                if path.len() == 1
                    && let Some(done) = item.take()
                {
                    if name == "post" {
                        posts.push(done);
                    } else {
                        let address = done.fields.get("link").cloned().unwrap_or_default();
                        threads.push((done.id, Talk { address: address.trim().to_owned(), comments: Vec::new() }));
                    }
                }
            }
            Event::Text(text) => add(&mut item, &path, text),
            Event::CData(text) => add(&mut item, &path, text),
            Event::GeneralRef(name) => {
                let resolved = match quick_xml::escape::resolve_predefined_entity(name) {
                    Some(text) => text.to_owned(),
                    None => name.resolve_char_ref().map_err(wrong)?.map(String::from).unwrap_or_default(),
                };
                add(&mut item, &path, &resolved);
            }
            _ => {}
        }
    }
    let places: HashMap<String, usize> = threads.iter().enumerate().map(|(at, (id, _))| (id.clone(), at)).collect();
    for post in posts {
        let Some(&at) = places.get(&post.thread) else { continue };
        let field = |name: &str| post.fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        if field("isDeleted") == "true" {
            continue;
        }
        threads[at].1.comments.push(BundleComment {
            id: post.id.clone(),
            parent: post.parent.clone(),
            author: Some(field("author/name")).filter(|name| !name.is_empty()).unwrap_or_else(|| "Guest".into()),
            email: Some(field("author/email")).filter(|email| !email.is_empty()),
            url: None,
            at_ms: moment(&field("createdAt")),
            html: field("message"),
            standing: if field("isSpam") == "true" { Standing::Spam } else { Standing::Approved },
            kind: CommentKind::Comment,
            user_id: None,
        });
    }
    Ok(threads.into_iter().map(|(_, talk)| talk).collect())
}

/// Adds text to the field in which it stands: `link`, or `author/name`.
fn add(item: &mut Option<Item>, path: &[String], text: &str) {
    if let Some(item) = item
        && path.len() > 2
    {
        item.fields.entry(path[2..].join("/")).or_default().push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1"><forum>review</forum><title>General</title></category>
<thread dsq:id="10"><id>story</id><link>https://old.example/2012/03/story/?a=1&amp;b=2</link><title>S</title></thread>
<post dsq:id="100"><message><![CDATA[<p>One &amp; <b>two</b></p>]]></message><createdAt>2012-03-01T10:00:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Ann &amp; Bo</name><isAnonymous>false</isAnonymous></author><thread dsq:id="10" /></post>
<post dsq:id="101"><message>Answer</message><createdAt>2012-03-01T11:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>true</isSpam>
<author><email>c@example.org</email><name></name></author><thread dsq:id="10"/><parent dsq:id="100"/></post>
<post dsq:id="102"><message>Gone</message><isDeleted>true</isDeleted><thread dsq:id="10"/></post>
</disqus>"#;

    #[test]
    fn threads_and_posts_find_one_another() {
        let talks = read(EXPORT).unwrap();
        assert_eq!((talks.len(), talks[0].address.as_str()), (1, "https://old.example/2012/03/story/?a=1&b=2"));
        let [first, second] = &talks[0].comments[..] else { panic!("{talks:?}") };
        assert_eq!((first.author.as_str(), first.html.as_str()), ("Ann & Bo", "<p>One &amp; <b>two</b></p>"));
        assert_eq!((first.at_ms, first.standing), (1_330_596_000_000, Standing::Approved));
        assert_eq!(
            (second.parent.as_deref(), second.author.as_str(), second.standing),
            (Some("100"), "Guest", Standing::Spam)
        );
        assert_eq!(second.email.as_deref(), Some("c@example.org"));
    }

    #[test]
    fn other_files_are_refused_in_words() {
        for (text, part) in [
            ("", "no element <disqus>"),
            ("{\"version\": 1}", "no element <disqus>"),
            ("<!DOCTYPE x [<!ENTITY a 'b'>]><disqus></disqus>", "document type"),
            ("<disqus><thread></disqus>", "Disqus"),
        ] {
            let fault = read(text).unwrap_err().to_string();
            assert!(fault.contains(part), "{text}: {fault}");
        }
    }
}
