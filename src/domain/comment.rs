//! The conversation under an article or a page, as readers see it.

use super::{ArticleId, CommentId, PageId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// What is talked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An article.
    Article(ArticleId),
    /// A page beside the news: conversations that came in with an archive.
    Page(PageId),
}

/// An approved comment. Email, address and verdicts stay in storage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its row; its address on the page is `#comment-{id}`.
    pub id: CommentId,
    /// The comment it answers.
    pub parent: Option<CommentId>,
    /// The name it was signed with.
    pub name: String,
    /// The writer's own page; http or https.
    pub url: Option<String>,
    /// The text in the subset of HTML for comments.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
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

/// Brings comments into reading order: threads by time, each answer under what
/// it answers. Answers to a comment that isn't there (or that answer each other
/// in a circle) stand at the top level, so that nothing is lost. Linear in time;
/// doesn't recurse, so no depth of answers exhausts the stack.
pub fn thread(mut comments: Vec<Comment>) -> Vec<Threaded> {
    use std::collections::{HashMap, HashSet};
    comments.sort_by_key(|c| (c.at, c.id));
    let known: HashSet<CommentId> = comments.iter().map(|c| c.id).collect();
    let mut answers: HashMap<Option<CommentId>, Vec<usize>> = HashMap::new();
    for (index, comment) in comments.iter().enumerate() {
        let parent = comment.parent.filter(|p| known.contains(p) && *p != comment.id);
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
            name: format!("reader {id}"),
            url: None,
            body: String::new(),
            at: Timestamp(id),
        }
    }

    fn shape(comments: Vec<Comment>) -> Vec<(i64, usize)> {
        thread(comments).into_iter().map(|t| (t.comment.id.0, t.depth)).collect()
    }

    #[test]
    fn answers_stand_under_what_they_answer() {
        let comments =
            vec![comment(4, Some(1)), comment(1, None), comment(2, None), comment(3, Some(1)), comment(5, Some(3))];
        assert_eq!(shape(comments), [(1, 0), (3, 1), (5, 2), (4, 1), (2, 0)]);
    }

    #[test]
    fn orphans_and_circles_are_not_lost() {
        let comments = vec![comment(1, Some(99)), comment(2, Some(3)), comment(3, Some(2)), comment(4, Some(4))];
        assert_eq!(shape(comments), [(1, 0), (4, 0), (2, 0), (3, 1)]);
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
