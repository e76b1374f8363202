//! The conversation under an article or a page, as readers see it.

use super::{
    ArticleId, CommentId, PageId,
    article::{Article, CommentPolicy},
    edition::Conversation,
    names::stored_names,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What is talked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An article.
    Article(ArticleId),
    /// A page beside the news: conversations that came in with an archive.
    Page(PageId),
}

/// Who stands beside a comment's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Badge {
    /// A reader.
    #[default]
    None,
    /// Somebody of the newsroom.
    Staff,
    /// Who wrote the article.
    Author,
}

impl Badge {
    /// The name under which it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Staff => "staff",
            Self::Author => "author",
        }
    }

    /// The badge of a stored name.
    pub fn of(name: &str) -> Self {
        match name {
            "staff" => Self::Staff,
            "author" => Self::Author,
            _ => Self::None,
        }
    }
}

/// A comment as readers see it: the public twin of what is stored. Email, address and
/// verdicts stay in storage, and only this can be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its row; its address on the page is `#comment-{id}`.
    pub id: CommentId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The comment with which its thread begins: itself, where it answers the article.
    pub root: CommentId,
    /// Its place in the thread, from 1; others are never given the same.
    pub place: i64,
    /// The name it was signed with; empty where it is gone.
    pub name: String,
    /// The writer's own page; http or https.
    pub url: Option<String>,
    /// The text in the subset of HTML for comments; empty where it is gone.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
    /// The writer has changed it since.
    pub edited: bool,
    /// Who stands beside the name.
    pub badge: Badge,
    /// The editors want it to be read first.
    pub pinned: bool,
    /// How many recommend it.
    pub recommends: i64,
    /// Of the first comment of a thread: how many answers there are below it.
    pub answers: i64,
    /// It was taken away, and stands there for its answers.
    pub gone: bool,
    /// By its own writer.
    pub withdrawn: bool,
}

stored_names! {
    /// In which order threads stand; the names are those in addresses.
    #[derive(Default)]
    Order {
        /// As they came.
        #[default]
        Oldest = "oldest",
        /// The last first.
        Newest = "newest",
        /// The most recommended first.
        Best = "best",
    }
}

impl Order {
    /// The order of a name; the default for an unknown one.
    pub fn of(name: &str) -> Self {
        name.parse().unwrap_or_default()
    }
}

/// A part of a conversation: some threads, or some of one thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Talk {
    /// The comments in reading order.
    pub thread: Vec<Threaded>,
    /// The last thread shown, where others follow.
    pub more: Option<CommentId>,
    /// Of one thread: the place of its last answer shown, where others follow.
    pub next: Option<i64>,
    /// How many answers of a thread (by its first comment) are left out.
    pub folded: Vec<(CommentId, i64)>,
}

/// What readers may do under an article at this moment.
pub fn openness(article: &Article, conversation: &Conversation, now: Timestamp) -> CommentPolicy {
    use CommentPolicy::{Always, Closed, Held, Hidden, Open};
    let aged = |days: u32| days > 0 && now >= days_after(article, days);
    let old = aged(conversation.close_after_days);
    match (article.comment_policy, article.section_policy) {
        (Hidden, _) | (_, Hidden) => Hidden,
        (Closed, _) => Closed,
        // Said of the article itself, it is stronger than the section's word.
        (Always, _) => Open,
        (_, Closed) => Closed,
        (_, policy) if old && policy != Always => Closed,
        (Held, _) | (_, Held) => Held,
        (Open, Open) if aged(conversation.hold_after_days) => Held,
        (Open, Open | Always) => Open,
    }
}

/// When the conversation of an article closes by its age.
pub fn closes(article: &Article, conversation: &Conversation) -> Timestamp {
    days_after(article, conversation.close_after_days)
}

fn days_after(article: &Article, days: u32) -> Timestamp {
    article.published.plus(i64::from(days) * Timestamp::DAY)
}

/// A comment with its place in the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threaded {
    /// The comment.
    pub comment: Comment,
    /// 0 answers the article, 1 answers such a comment …
    pub depth: usize,
    /// Who is answered, where the reader can't see it from the indent.
    pub answers: Option<(CommentId, String)>,
}

/// The deepest indent; what is deeper stands flat, with "in answer to …".
pub const MAX_INDENT: usize = 5;

/// Brings comments into reading order: threads as they come, each answer under what
/// it answers. Answers to a comment that isn't there stand under the first of their
/// thread, else (or where they answer each other in a circle) at the top level, so that
/// nothing is lost. Linear in time; doesn't recurse, so no depth of answers exhausts
/// the stack.
pub fn thread(comments: Vec<Comment>) -> Vec<Threaded> {
    use std::collections::{HashMap, HashSet};
    let known: HashSet<CommentId> = comments.iter().map(|c| c.id).collect();
    let mut answers: HashMap<Option<CommentId>, Vec<usize>> = HashMap::new();
    for (index, comment) in comments.iter().enumerate() {
        let there = |id: &CommentId| known.contains(id) && *id != comment.id;
        let parent = comment.parent.filter(there).or(Some(comment.root).filter(there));
        answers.entry(parent).or_default().push(index);
    }
    let mut order: Vec<(usize, usize)> = Vec::with_capacity(comments.len());
    let mut placed = vec![false; comments.len()];
    let mut stack: Vec<(usize, usize)> = Vec::new();
    let tops: Vec<usize> = answers.get(&None).cloned().unwrap_or_default();
    // After the top level, whatever only a circle leads to.
    for start in tops.into_iter().chain(0..comments.len()) {
        stack.push((start, 0));
        while let Some((index, depth)) = stack.pop() {
            if std::mem::replace(&mut placed[index], true) {
                continue;
            }
            order.push((index, depth));
            if let Some(children) = answers.get(&Some(comments[index].id)) {
                stack.extend(children.iter().rev().map(|&child| (child, depth + 1)));
            }
        }
    }
    let names: HashMap<CommentId, String> = comments.iter().map(|c| (c.id, c.name.clone())).collect();
    let mut slots: Vec<Option<Comment>> = comments.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|(index, depth)| {
            let comment = slots[index].take()?;
            let answers = comment.parent.filter(|_| depth > MAX_INDENT).and_then(|p| Some((p, names.get(&p)?.clone())));
            Some(Threaded { comment, depth, answers })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(id: i64, parent: Option<i64>) -> Comment {
        Comment {
            id: CommentId(id),
            parent: parent.map(CommentId),
            root: CommentId(id),
            place: 1,
            name: format!("reader {id}"),
            url: None,
            body: String::new(),
            at: Timestamp(id),
            edited: false,
            badge: Badge::None,
            pinned: false,
            recommends: 0,
            answers: 0,
            gone: false,
            withdrawn: false,
        }
    }

    fn shape(comments: Vec<Comment>) -> Vec<(i64, usize)> {
        thread(comments).into_iter().map(|t| (t.comment.id.0, t.depth)).collect()
    }

    #[test]
    fn answers_stand_under_what_they_answer() {
        let comments =
            vec![comment(1, None), comment(2, None), comment(3, Some(1)), comment(4, Some(1)), comment(5, Some(3))];
        assert_eq!(shape(comments), [(1, 0), (3, 1), (5, 2), (4, 1), (2, 0)]);
    }

    #[test]
    fn orphans_and_circles_are_not_lost() {
        let comments = vec![comment(1, Some(99)), comment(2, Some(3)), comment(3, Some(2)), comment(4, Some(4))];
        assert_eq!(shape(comments), [(1, 0), (4, 0), (2, 0), (3, 1)]);
    }

    #[test]
    fn answers_to_what_is_not_shown_stay_in_their_thread() {
        let lost = Comment { root: CommentId(1), ..comment(9, Some(8)) };
        assert_eq!(shape(vec![comment(1, None), comment(2, None), lost]), [(1, 0), (9, 1), (2, 0)]);
    }

    #[test]
    fn a_very_deep_branch_is_flat_and_says_whom_it_answers() {
        let comments: Vec<_> = (1..=50_000).map(|i| comment(i, (i > 1).then_some(i - 1))).collect();
        let threaded = thread(comments);
        assert_eq!(threaded.len(), 50_000);
        assert_eq!(threaded[5].answers, None);
        assert_eq!(threaded[6].answers, Some((CommentId(6), "reader 6".into())));
    }
}
