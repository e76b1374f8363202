//! A question's answer with all that a page of results shows beside it.

use super::{
    Index, SearchError,
    ask::{Answer, Counts, Filters, Wanted},
    question::Question,
};

/// Puts the numbers of one kind in the place of others.
type Take = fn(&mut Counts, Counts);

impl Index {
    /// Answers a question, and counts each kind as if nothing of it were chosen: so that
    /// another section can be chosen in the place of one. Where nothing is found but for what
    /// was to be left out, it tells how much that is.
    ///
    /// Each filter takes as long as the question once more.
    pub fn ask_in_full(&self, wanted: &Wanted<'_>) -> Result<Answer, SearchError> {
        let mut answer = self.ask(wanted)?;
        let chosen = &wanted.filters;
        let kinds: [(bool, Filters, Take); 4] = [
            (chosen.section.is_some(), Filters { section: None, ..*chosen }, |to, from| to.sections = from.sections),
            (chosen.author.is_some(), Filters { author: None, ..*chosen }, |to, from| to.authors = from.authors),
            (chosen.topic.is_some(), Filters { topic: None, ..*chosen }, |to, from| to.topics = from.topics),
            (chosen.year.is_some(), Filters { year: None, ..*chosen }, |to, from| to.years = from.years),
        ];
        for (_, filters, take) in kinds.into_iter().filter(|(is_chosen, ..)| *is_chosen) {
            let freely = self.ask(&Wanted { filters, ..*wanted })?;
            answer.cut |= freely.cut;
            take(&mut answer.counts, freely.counts);
        }
        if answer.total == 0 && !wanted.question.without.is_empty() {
            let question = Question { without: Vec::new(), ..wanted.question.clone() };
            answer.left_out = self.ask(&Wanted { question: &question, counts: false, ..*wanted })?.total;
        }
        Ok(answer)
    }
}
