//! Exports in JSON: Commento's (version 1 and 2) and Remark42's back-up, which is a
//! document a line.

use super::{Talk, TalkError, moment};
use crate::services::{
    import::bundle::{BundleComment, CommentKind, Standing},
    text::comment_html,
};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Commento {
    comments: Vec<CommentoComment>,
    #[serde(default)]
    commenters: Vec<Commenter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CommentoComment {
    comment_hex: String,
    #[serde(alias = "path")]
    url: String,
    #[serde(default)]
    commenter_hex: String,
    #[serde(default)]
    markdown: String,
    #[serde(default)]
    html: String,
    #[serde(default)]
    parent_hex: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    creation_date: String,
    #[serde(default)]
    deleted: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Commenter {
    commenter_hex: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    link: String,
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text != "undefined").then(|| text.to_owned())
}

fn gather(pairs: impl Iterator<Item = (String, BundleComment)>) -> Vec<Talk> {
    let mut talks: BTreeMap<String, Vec<BundleComment>> = BTreeMap::new();
    for (address, comment) in pairs {
        talks.entry(address).or_default().push(comment);
    }
    talks.into_iter().map(|(address, comments)| Talk { address, comments }).collect()
}

pub fn commento(text: &str) -> Result<Vec<Talk>, TalkError> {
    let export: Commento = serde_json::from_str(text).map_err(|e| TalkError::Other("Commento", e.to_string()))?;
    let people: HashMap<String, Commenter> =
        export.commenters.into_iter().map(|person| (person.commenter_hex.clone(), person)).collect();
    Ok(gather(export.comments.into_iter().filter(|comment| !comment.deleted).map(|comment| {
        let person = people.get(&comment.commenter_hex);
        let markup =
            if comment.html.is_empty() { comment_html::from_markdown(&comment.markdown) } else { comment.html };
        let made = BundleComment {
            id: comment.comment_hex,
            parent: Some(comment.parent_hex).filter(|parent| !parent.is_empty() && parent != "root"),
            author: person.and_then(|person| some(&person.name)).unwrap_or_else(|| "Anonymous".into()),
            email: person.and_then(|person| some(&person.email)),
            url: person.and_then(|person| some(&person.link)),
            at_ms: moment(&comment.creation_date),
            html: markup,
            standing: if comment.state == "approved" { Standing::Approved } else { Standing::Held },
            kind: CommentKind::Comment,
            user_id: None,
        };
        (comment.url, made)
    })))
}

#[derive(Deserialize)]
struct Remark {
    id: String,
    #[serde(default)]
    pid: String,
    #[serde(default)]
    text: String,
    user: RemarkUser,
    locator: Locator,
    #[serde(default)]
    time: String,
    #[serde(default)]
    delete: bool,
}

#[derive(Deserialize)]
struct RemarkUser {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Locator {
    url: String,
}

pub fn remark42(text: &str) -> Result<Vec<Talk>, TalkError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let head = lines.next().map(|(_, line)| line).unwrap_or_default();
    let known = serde_json::from_str::<serde_json::Value>(head).is_ok_and(|head| head.get("version").is_some());
    if !known {
        return Err(TalkError::Other("Remark42", "its first line tells no version".into()));
    }
    let mut all = Vec::new();
    for (number, line) in lines {
        let comment: Remark = serde_json::from_str(line)
            .map_err(|e| TalkError::Other("Remark42", format!("line {}: {e}", number + 1)))?;
        if comment.delete {
            continue;
        }
        let made = BundleComment {
            id: comment.id,
            parent: some(&comment.pid),
            author: some(&comment.user.name).unwrap_or_else(|| "Anonymous".into()),
            email: None,
            url: None,
            at_ms: moment(&comment.time),
            html: comment.text,
            standing: Standing::Approved,
            kind: CommentKind::Comment,
            user_id: None,
        };
        all.push((comment.locator.url, made));
    }
    Ok(gather(all.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commento_names_its_people_apart() {
        let export = r#"{"version":1,"comments":[
            {"commentHex":"a1","domain":"old.example","url":"/story","commenterHex":"p1","markdown":"*Hi*","html":"","parentHex":"root","score":2,"state":"approved","creationDate":"2018-06-01T10:00:00Z","deleted":false},
            {"commentHex":"a2","domain":"old.example","url":"/story","commenterHex":"anonymous","markdown":"x","html":"<p>x</p>","parentHex":"a1","state":"unapproved","creationDate":"2018-06-01T11:00:00Z"},
            {"commentHex":"a3","url":"/story","markdown":"gone","parentHex":"root","state":"approved","deleted":true}],
            "commenters":[{"commenterHex":"p1","email":"ann@example.org","name":"Ann","link":"undefined"}]}"#;
        let talks = commento(export).unwrap();
        assert_eq!((talks.len(), talks[0].comments.len()), (1, 2));
        let [one, two] = &talks[0].comments[..] else { panic!() };
        assert_eq!(
            (one.author.as_str(), one.email.as_deref(), one.url.as_deref()),
            ("Ann", Some("ann@example.org"), None)
        );
        assert_eq!((one.html.trim(), one.at_ms), ("<p><em>Hi</em></p>", 1_527_847_200_000));
        assert_eq!(
            (two.author.as_str(), two.parent.as_deref(), two.standing),
            ("Anonymous", Some("a1"), Standing::Held)
        );
        assert!(commento("[]").is_err() && commento("").is_err());
    }

    #[test]
    fn remark42_is_a_document_a_line() {
        let backup = "{\"version\":1,\"users\":[],\"posts\":[]}\n\
            {\"id\":\"r1\",\"pid\":\"\",\"text\":\"<p>Hi</p>\",\"orig\":\"Hi\",\"user\":{\"name\":\"Ann\",\"id\":\"github_1\",\"picture\":\"\",\"admin\":false},\"locator\":{\"site\":\"remark\",\"url\":\"https://old.example/story/\"},\"score\":0,\"votes\":{},\"time\":\"2019-02-03T04:05:06.789-05:00\"}\n\
            {\"id\":\"r2\",\"pid\":\"r1\",\"text\":\"\",\"user\":{\"name\":\"Bo\",\"id\":\"x\"},\"locator\":{\"site\":\"remark\",\"url\":\"https://old.example/story/\"},\"time\":\"2019-02-03T05:00:00Z\",\"delete\":true}\n";
        let talks = remark42(backup).unwrap();
        assert_eq!((talks.len(), talks[0].comments.len(), talks[0].comments[0].at_ms), (1, 1, 1_549_184_706_789));
        assert!(remark42("{\"id\":1}").is_err());
        let cut = remark42(&backup[..backup.len() - 20]).unwrap_err().to_string();
        assert!(cut.contains("line 3"), "{cut}");
    }
}
