//! Comments, their threads, what readers and the newsroom make of them.

use super::*;

pub async fn of_article(db: &Db, article: ArticleId) -> Vec<Comment> {
    let talk = threads::of_article(db, article, Order::Oldest, None).await.unwrap();
    talk.thread.into_iter().map(|threaded| threaded.comment).collect()
}

pub fn written(
    article: ArticleId,
    ticket: &str,
    words: &str,
    parent: Option<CommentId>,
    state: State,
) -> comments::New {
    comments::New {
        article,
        parent,
        name: "Ann".into(),
        email: "ann@example.org".into(),
        body: format!("<p>{words}</p>"),
        words: words.into(),
        state,
        ticket: ticket.into(),
        address: "192.0.2.1".into(),
        agent: "Browser/1.0".into(),
        findings: "[]".into(),
        account: None,
        writer: "hash".into(),
        badge: Badge::None,
        notify: true,
    }
}

/// Stores a comment that nothing is held against.
pub async fn post(db: &Db, new: &comments::New, at: Timestamp) -> Posted {
    let pace = comments::Pace { since: at, said_since: at };
    comments::post(db, new, pace, at, |_, _| None::<()>).await.unwrap().unwrap()
}

pub async fn posted(db: &Db, new: comments::New, at: i64) -> CommentId {
    match post(db, &new, NOW.plus(at)).await {
        Posted::Here(id, _) => id,
        other => panic!("{other:?}"),
    }
}

promise!(comments_are_counted_and_only_approved_ones_shown, |db, test| {
    let world = section(&db, "world", None).await;
    let a = saved(&db, &draft("a", world, 1)).await;
    let comment = |key: &str, status: &str, parent| comments::Draft {
        parent,
        status: status.into(),
        ..said(key, Subject::Article(a))
    };
    let (first, written) = comments::save(&db, &comment("1", "approved", None), NOW).await.unwrap();
    assert!(written);
    assert!(!comments::save(&db, &comment("1", "approved", None), NOW).await.unwrap().1);
    comments::save(&db, &comment("2", "approved", Some(first)), NOW).await.unwrap();
    comments::save(&db, &comment("3", "held", None), NOW).await.unwrap();
    let shown = of_article(&db, a).await;
    assert_eq!(shown.len(), 2);
    assert_eq!(shown[1].parent, Some(first));
    assert_eq!(articles::by_slug(&db, &slug("a")).await.unwrap().unwrap().comment_count, 2);
});

promise!(a_page_has_a_conversation_of_its_own, |db, test| {
    let world = section(&db, "world", None).await;
    let article = saved(&db, &draft("a", world, 1)).await;
    let (about, _) = pages::save(&db, &page("about"), NOW).await.unwrap();
    // The same number, so that one can be taken for the other.
    assert_eq!(article.0, about.0);
    let (first, _) = comments::save(&db, &said("1", Subject::Page(about)), NOW).await.unwrap();
    comments::save(&db, &comments::Draft { parent: Some(first), ..said("2", Subject::Page(about)) }, NOW)
        .await
        .unwrap();
    assert!(of_article(&db, article).await.is_empty());
    let shown = threads::of_page(&db, about).await.unwrap().thread;
    assert_eq!((shown.len(), shown[1].comment.parent), (2, Some(first)));
    let told = changes::since(&db, 0, 100).await.unwrap();
    assert_eq!(told.last().map(|c| (c.noun, c.row)), Some((Noun::Page, about.0)));
    // An archive that has moved its comment from the page to the article.
    assert!(comments::save(&db, &said("2", Subject::Article(article)), NOW).await.unwrap().1);
    assert_eq!(threads::of_page(&db, about).await.unwrap().thread.len(), 1);
    assert_eq!(articles::by_slug(&db, &slug("a")).await.unwrap().unwrap().comment_count, 1);
});

promise!(a_readers_comment_is_stored_once_and_every_decision_is_on_record, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("first", world, 500)).await;
    let new = |ticket: &str, words: &str, parent| written(article, ticket, words, parent, State::Held);
    let one = new("t1", "One", None);
    let Posted::Here(id, State::Held) = post(&db, &one, NOW).await else { panic!("not stored") };
    assert_eq!(post(&db, &one, NOW).await, Posted::Here(id, State::Held), "once for each ticket");
    assert_eq!(comments::by_ticket(&db, "t1").await.unwrap(), Some((id, State::Held)));
    assert_eq!(comments::by_ticket(&db, "t2").await.unwrap(), None);
    let answer = new("t2", "Two", Some(id));
    assert_eq!(post(&db, &answer, NOW).await, Posted::NoParent, "what is held can't be answered");
    assert_eq!(threads::shown(&db, article, id).await.unwrap(), None);
    let before = changes::newest(&db).await.unwrap();
    let decide = async |id, state| moderation::decide(&db, id, state, "account:7", "fair", NOW).await.unwrap();
    assert_eq!(decide(id, State::Approved).await, Some(State::Held));
    assert_eq!(decide(id, State::Approved).await, Some(State::Approved), "so already");
    assert_eq!(decide(CommentId(id.0 + 9), State::Spam).await, None);
    let told: Vec<_> = changes::since(&db, before, 9).await.unwrap().into_iter().map(|c| c.noun).collect();
    assert_eq!(told, [Noun::Comment, Noun::Thread]);
    let record = moderation::record(&db, id).await.unwrap();
    let lines: Vec<_> =
        record.iter().map(|l| (l.actor.as_str(), l.act.as_str(), l.before.as_str(), l.why.as_str())).collect();
    assert_eq!(lines, [("account:7", "approved", "held", "fair")]);
    assert_eq!(threads::shown(&db, article, id).await.unwrap().unwrap().body, "<p>One</p>");
    assert_eq!(articles::by_slug(&db, &slug("first")).await.unwrap().unwrap().comment_count, 1);
    let at = comments::place(&db, id, NOW).await.unwrap().unwrap();
    assert_eq!((at.section.as_str(), at.slug.as_str(), at.root, at.place), ("world", "first", id, 1));
    assert_eq!(comments::place(&db, id, Timestamp(499)).await.unwrap(), None, "not before its article is there");
    assert!(matches!(post(&db, &answer, NOW.plus(1)).await, Posted::Here(_, State::Held)));
    let history =
        comments::history(&db, comments::Person { address: "192.0.2.1", account: None, writer: "hash" }, NOW.plus(-1))
            .await
            .unwrap();
    assert_eq!((history.last, history.count, history.approved), (Some(NOW.plus(1)), 2, 1));
    let stranger = comments::history(&db, comments::Person::default(), Timestamp(0)).await.unwrap();
    assert_eq!(stranger, comments::History::default());
    assert!(comments::said_since(&db, "One", NOW.plus(-1)).await.unwrap());
    assert!(!comments::said_since(&db, "One", NOW).await.unwrap());
    let held = Wanted { state: Some(State::Held), ..Wanted::default() };
    let waiting = moderation::queue(&db, &held, 9).await.unwrap();
    assert_eq!(waiting.iter().map(|w| (w.words.as_str(), w.slug.as_str())).collect::<Vec<_>>(), [("Two", "first")]);
    status::set_status(&db, &slug("first"), Status::Removed, None, NOW).await.unwrap();
    assert_eq!(post(&db, &new("t3", "Three", None), NOW).await, Posted::NoArticle);
});

// Pages of threads, in every order, with long branches cut.
promise!(a_long_conversation_comes_in_pages, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("long", world, 500)).await;
    let mut tops = Vec::new();
    for n in 0..60 {
        let new = written(article, &format!("top{n}"), &format!("Thread {n}"), None, State::Approved);
        tops.push(posted(&db, new, n).await);
    }
    for n in 0..70 {
        let parent = Some(tops[3]);
        posted(&db, written(article, &format!("r{n}"), &format!("Answer {n}"), parent, State::Approved), 100 + n).await;
    }
    let first = threads::of_article(&db, article, Order::Oldest, None).await.unwrap();
    let roots: Vec<_> = first.thread.iter().filter(|t| t.depth == 0).map(|t| t.comment.id).collect();
    assert_eq!(roots, tops[..50]);
    assert_eq!(first.thread.len(), 50 + 40, "of the long branch the first forty");
    assert_eq!((first.more, first.folded), (Some(tops[49]), vec![(tops[3], 30)]));
    let second = threads::of_article(&db, article, Order::Oldest, first.more).await.unwrap();
    assert_eq!(second.thread.iter().map(|t| t.comment.id).collect::<Vec<_>>(), tops[50..]);
    assert_eq!(second.more, None);
    let newest = threads::of_article(&db, article, Order::Newest, None).await.unwrap();
    let mut back = tops.clone();
    back.reverse();
    let roots: Vec<_> = newest.thread.iter().filter(|t| t.depth == 0).map(|t| t.comment.id).collect();
    assert_eq!(roots, back[..50]);
    let rest = threads::of_article(&db, article, Order::Newest, newest.more).await.unwrap();
    assert_eq!(rest.thread.iter().filter(|t| t.depth == 0).count(), 10);
    // The branch by itself, and from a place on.
    let branch = threads::one(&db, article, tops[3], 0).await.unwrap();
    assert_eq!((branch.thread.len(), branch.next), (71, None));
    assert_eq!(branch.thread[0].comment.answers, 70);
    let later = threads::one(&db, article, tops[3], 61).await.unwrap();
    assert_eq!(later.thread.len(), 11, "the first one, and what follows");
    assert!(threads::one(&db, article, CommentId(9_999), 0).await.unwrap().thread.is_empty());
    // Best: by recommendations; pinned stands above all, on the first page alone.
    for (n, person) in [(7, "a"), (7, "b"), (9, "a")] {
        reactions::recommend(&db, tops[n], person, NOW).await.unwrap().unwrap();
    }
    assert!(moderation::pin(&db, tops[55], true, "account:1", NOW).await.unwrap());
    assert!(!moderation::pin(&db, branch.thread[5].comment.id, true, "account:1", NOW).await.unwrap(), "no first one");
    let best = threads::of_article(&db, article, Order::Best, None).await.unwrap();
    assert_eq!(best.thread[..3].iter().map(|t| t.comment.id).collect::<Vec<_>>(), [tops[55], tops[7], tops[9]]);
    let after = threads::of_article(&db, article, Order::Best, best.more).await.unwrap();
    assert!(after.thread.iter().all(|t| !t.comment.pinned));
    assert_eq!(threads::newest(&db, article, 5).await.unwrap().len(), 5);
    assert_eq!(threads::whereabouts(&db, branch.thread[5].comment.id).await.unwrap(), Some((tops[3], 6)));
});

// What is gone stands there while something answers it, without its words.
promise!(what_is_removed_leaves_its_answers, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("a", world, 500)).await;
    let first = posted(&db, written(article, "1", "First", None, State::Approved), 1).await;
    let second = posted(&db, written(article, "2", "Second", Some(first), State::Approved), 2).await;
    let third = posted(&db, written(article, "3", "Third", Some(second), State::Approved), 3).await;
    for id in [first, second] {
        moderation::decide(&db, id, State::Rejected, "account:1", "", NOW).await.unwrap();
    }
    let shown = of_article(&db, article).await;
    let seen: Vec<_> = shown.iter().map(|c| (c.id, c.gone, c.body.as_str(), c.name.as_str())).collect();
    assert_eq!(seen, [(first, true, "", ""), (second, true, "", ""), (third, false, "<p>Third</p>", "Ann")]);
    let decide = async |id, state| moderation::decide(&db, id, state, "writer", "", NOW).await.unwrap();
    assert_eq!(decide(first, State::Withdrawn).await, Some(State::Rejected), "no way out of the newsroom's sight");
    assert_eq!(decide(third, State::Withdrawn).await, Some(State::Approved));
    assert_eq!(decide(third, State::Approved).await, Some(State::Withdrawn), "stays away");
    assert!(of_article(&db, article).await.is_empty());
    assert_eq!(articles::by_slug(&db, &slug("a")).await.unwrap().unwrap().comment_count, 0);
});

promise!(a_person_recommends_and_reports_once, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("a", world, 500)).await;
    let id = posted(&db, written(article, "1", "One", None, State::Approved), 1).await;
    let recommend = async |person: &str| reactions::recommend(&db, id, person, NOW).await.unwrap();
    assert_eq!(recommend("a").await, Some((1, true)));
    assert_eq!(recommend("b").await, Some((2, true)));
    assert_eq!(recommend("a").await, Some((1, false)), "taken back");
    assert_eq!(reactions::recommend(&db, CommentId(99), "a", NOW).await.unwrap(), None);
    for (person, words) in [("a", "rude"), ("a", "very rude"), ("b", "")] {
        let reported = reactions::report(&db, id, person, ("insult", words), (NOW.plus(-1), 2), NOW).await.unwrap();
        assert_eq!(reported, reactions::Reported::Taken);
    }
    let missing = reactions::report(&db, CommentId(99), "a", ("insult", ""), (NOW.plus(-1), 2), NOW).await.unwrap();
    assert_eq!(missing, reactions::Reported::NoComment);
    let reported = Wanted { reported: true, ..Wanted::default() };
    let queue = moderation::queue(&db, &reported, 9).await.unwrap();
    assert_eq!((queue.len(), queue[0].reports), (1, 2));
    assert!(queue[0].reasons.contains("insult: very rude"), "{}", queue[0].reasons);
    assert_eq!(moderation::counts(&db).await.unwrap(), (vec![(State::Approved, 1)], 1));
    // Looked at and found right: the reports are settled, and it stays.
    moderation::decide(&db, id, State::Approved, "account:1", "", NOW).await.unwrap();
    assert!(moderation::queue(&db, &reported, 9).await.unwrap().is_empty());
    assert_eq!(of_article(&db, article).await.len(), 1);
});

promise!(queues_are_searched_and_go_on, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("a", world, 500)).await;
    let other = saved(&db, &draft("b", world, 500)).await;
    let mut ids = Vec::new();
    for n in 0..5 {
        let under = if n == 4 { other } else { article };
        let words = if n == 2 { "100% \"Needle\" _x_".to_owned() } else { format!("Words {n}") };
        ids.push(posted(&db, written(under, &format!("{n}"), &words, None, State::Held), n).await);
    }
    let held = || Wanted { state: Some(State::Held), ..Wanted::default() };
    let ask = async |wanted: Wanted| {
        let found = moderation::queue(&db, &wanted, 2).await.unwrap();
        found.into_iter().map(|w| CommentId(w.id)).collect::<Vec<_>>()
    };
    assert_eq!(ask(held()).await, ids[..2]);
    assert_eq!(ask(Wanted { after: Some(ids[1]), ..held() }).await, ids[2..4]);
    for text in ["needle", "100%", "_x_"] {
        assert_eq!(ask(Wanted { text: text.into(), ..held() }).await, [ids[2]], "{text}");
    }
    assert!(ask(Wanted { text: "100_".into(), ..held() }).await.is_empty(), "what was typed is no pattern");
    assert_eq!(ask(Wanted { text: "ann@example.org".into(), ..held() }).await.len(), 2);
    assert_eq!(ask(Wanted { article: Some(other), ..held() }).await, [ids[4]]);
    assert_eq!(ask(Wanted { state: Some(State::Spam), ..Wanted::default() }).await, []);
    let one = moderation::waiting(&db, ids[2]).await.unwrap().unwrap();
    assert_eq!((one.slug.as_str(), one.title.as_str(), one.first), ("a", "Title of a", true));
    let left = moderation::private(&db, ids[2]).await.unwrap().unwrap();
    assert_eq!((left.email.as_str(), left.address.as_str(), left.staff), ("ann@example.org", "192.0.2.1", false));
});

promise!(words_change_and_the_old_ones_stay_on_record, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("a", world, 500)).await;
    let id = posted(&db, written(article, "1", "Old", None, State::Approved), 1).await;
    let own = own::own(&db, id).await.unwrap().unwrap();
    assert_eq!((own.slug.as_str(), own.writer.as_str(), own.notify), ("a", "hash", true));
    let edit = async |own| own::edit(&db, own, ("New", "<p>New</p>"), (State::Held, "[]"), NOW).await.unwrap();
    assert!(edit(&own).await);
    assert!(!edit(&own).await, "it is not as it was any more");
    assert!(of_article(&db, article).await.is_empty(), "held again");
    moderation::decide(&db, id, State::Approved, "account:1", "", NOW).await.unwrap();
    assert!(moderation::reword(&db, id, ("Third", "<p>Third</p>"), "account:1", NOW).await.unwrap());
    assert!(moderation::note(&db, id, "account:1", "note", "look at this one", NOW).await.unwrap());
    assert!(!moderation::note(&db, CommentId(99), "account:1", "note", "x", NOW).await.unwrap());
    let shown = of_article(&db, article).await;
    assert!(shown[0].edited && shown[0].body == "<p>Third</p>");
    let record = moderation::record(&db, id).await.unwrap();
    let lines: Vec<_> = record.iter().map(|l| (l.actor.as_str(), l.act.as_str(), l.why.as_str())).collect();
    let expected = [
        ("writer", "edited", ""),
        ("account:1", "approved", ""),
        ("account:1", "edited", "New"),
        ("account:1", "note", "look at this one"),
    ];
    assert_eq!(lines, expected);
    assert_eq!(moderation::waiting(&db, id).await.unwrap().unwrap().note, "look at this one");
    own::stop_notices(&db, id, NOW).await.unwrap();
    assert!(!own::own(&db, id).await.unwrap().unwrap().notify);
    assert_eq!(own::forget_guests(&db, NOW.plus(9), NOW).await.unwrap(), 1);
    assert_eq!(own::forget_guests(&db, NOW.plus(9), NOW).await.unwrap(), 0);
    assert_eq!(moderation::private(&db, id).await.unwrap().unwrap().email, "");
});

promise!(bans_meet_whom_they_name, |db, test| {
    let ban = |kind: &str, value: &str| Ban { kind: kind.into(), value: value.into(), why: format!("by {kind}") };
    for (kind, value) in [("email", "a@b.co"), ("account", "7"), ("address", "192.0.2.1"), ("range", "198.51.100.0/24")]
    {
        moderation::ban(&db, &ban(kind, value), "account:1", NOW).await.unwrap();
    }
    moderation::ban(&db, &ban("email", "a@b.co"), "account:1", NOW).await.unwrap();
    moderation::ban(&db, &Ban { why: String::new(), ..ban("email", "a@b.co") }, "account:1", NOW).await.unwrap();
    assert_eq!(moderation::bans(&db).await.unwrap().len(), 4, "the same again is the same");
    moderation::ban(&db, &Ban { why: "another".into(), ..ban("range", "198.51.100.0/24") }, "account:9", NOW)
        .await
        .unwrap();
    let met = async |email: &str, account, address: &str, range: &str| {
        moderation::banned(&db, (email, "no digest"), account, address, range).await.unwrap()
    };
    assert_eq!(met("a@b.co", None, "", "").await.as_deref(), Some("by email"));
    assert_eq!(met("", Some(7), "", "").await.as_deref(), Some("by account"));
    assert_eq!(met("", None, "192.0.2.1", "192.0.2.0/24").await.as_deref(), Some("by address"));
    assert_eq!(met("", None, "198.51.100.9", "198.51.100.0/24").await.as_deref(), Some("another"));
    assert_eq!(met("", None, "", "").await, None);
    let all = moderation::bans(&db).await.unwrap();
    let standing: Vec<_> = all.iter().filter(|line| line.lifted.is_none()).collect();
    assert_eq!((all.len(), standing.len()), (5, 4), "another reason follows the one before");
    let ids: Vec<i64> = standing.iter().map(|line| line.id).collect();
    for id in ids {
        assert!(moderation::lift(&db, id, "account:2", NOW.plus(5)).await.unwrap());
        assert!(!moderation::lift(&db, id, "account:3", NOW.plus(6)).await.unwrap());
    }
    assert_eq!(met("a@b.co", Some(7), "192.0.2.1", "").await, None);
    let kept = moderation::bans(&db).await.unwrap();
    assert_eq!(kept.len(), 5, "what was lifted stays in the record");
    let lifted: Vec<_> = kept.iter().filter(|line| line.ban.kind == "range").collect();
    let record = |n: usize| (lifted[n].actor.as_str(), lifted[n].at, lifted[n].lifted, lifted[n].lifted_by.as_str());
    assert_eq!(record(0), ("account:9", NOW.0, Some(NOW.0 + 5), "account:2"));
    assert_eq!(record(1), ("account:1", NOW.0, Some(NOW.0), "account:9"));
    let again = Ban { why: String::new(), ..ban("range", "198.51.100.0/24") };
    moderation::ban(&db, &again, "account:4", NOW.plus(7)).await.unwrap();
    assert_eq!(met("", None, "", "198.51.100.0/24").await.as_deref(), Some(""), "the old reason went with the old ban");
});

promise!(conversations_are_closed_by_article_and_section, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("a", world, 500)).await;
    assert!(status::converse(&db, &slug("a"), CommentPolicy::Closed, NOW).await.unwrap());
    assert!(!status::converse(&db, &slug("nothing"), CommentPolicy::Closed, NOW).await.unwrap());
    assert!(moderation::converse_in(&db, &slug("world"), CommentPolicy::Held, NOW).await.unwrap());
    assert!(!moderation::converse_in(&db, &slug("nothing"), CommentPolicy::Held, NOW).await.unwrap());
    let read = articles::by_slug(&db, &slug("a")).await.unwrap().unwrap();
    assert_eq!((read.comment_policy, read.section_policy), (CommentPolicy::Closed, CommentPolicy::Held));
    assert_eq!(read.cursor, changes::newest(&db).await.unwrap());
    let policies = sections::policies(&db).await.unwrap();
    assert_eq!(
        policies.iter().map(|(s, p)| (s.slug.as_str(), *p)).collect::<Vec<_>>(),
        [("world", CommentPolicy::Held)]
    );
    let late = written(article, "1", "Late", None, State::Approved);
    assert_eq!(post(&db, &late, NOW).await, Posted::NoArticle);
});

promise!(events_are_told_by_number, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let (a, b) = (saved(&db, &draft("a", world, 500)).await, saved(&db, &draft("b", world, 500)).await);
    let before = changes::newest(&db).await.unwrap();
    let one = posted(&db, written(a, "1", "One", None, State::Approved), 1).await;
    let middle = changes::newest(&db).await.unwrap();
    let two = posted(&db, written(a, "2", "Two", None, State::Approved), 2).await;
    posted(&db, written(b, "3", "Elsewhere", None, State::Approved), 3).await;
    moderation::decide(&db, one, State::Spam, "account:1", "", NOW).await.unwrap();
    let now = changes::newest(&db).await.unwrap();
    let told = async |article, after| {
        let events = threads::events(&db, article, after, now, 99).await.unwrap();
        events.into_iter().map(|e| (e.id, e.comment.gone, e.count)).collect::<Vec<_>>()
    };
    assert_eq!(told(Some(a), before).await, [(two, false, 1), (one, true, 1)], "each once, as it is now");
    assert_eq!(told(Some(a), middle).await, [(two, false, 1), (one, true, 1)]);
    assert_eq!(told(None, before).await.len(), 3);
    assert!(told(Some(a), now).await.is_empty());
});

promise!(the_filter_learns_and_forgets, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("a", world, 500)).await;
    let id = posted(&db, written(article, "1", "casino", None, State::Held), 1).await;
    let words = ["casino".to_owned(), "links:0".to_owned()];
    let asked: Vec<String> = words.iter().cloned().chain([String::new(), "unknown".into()]).collect();
    let weights = async || {
        let found = filter::weights(&db, &asked).await.unwrap();
        (found.get("casino").copied(), found.get("").copied())
    };
    for _ in 0..2 {
        filter::learn(&db, id, &words, Some(false), NOW).await.unwrap();
        assert_eq!(weights().await, (Some((0, 1)), Some((0, 1))), "once for each comment");
    }
    filter::learn(&db, id, &words, Some(true), NOW).await.unwrap();
    assert_eq!(weights().await, (Some((1, 0)), Some((1, 0))));
    filter::learn(&db, id, &words, None, NOW).await.unwrap();
    assert_eq!(weights().await, (Some((0, 0)), Some((0, 0))));
    let last = filter::last(&db, 9).await.unwrap();
    assert_eq!(last.iter().map(|t| (t.words.as_str(), t.status.as_str())).collect::<Vec<_>>(), [("casino", "held")]);
});

promise!(of_many_reports_at_once_only_so_many_are_taken, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("a", world, 500)).await;
    let mut ids = Vec::new();
    for n in 0..40 {
        ids.push(posted(&db, written(article, &n.to_string(), &format!("Words {n}"), None, State::Approved), n).await);
    }
    let report = |id: CommentId| reactions::report(&db, id, "c", ("spam", ""), (NOW.plus(-1), 5), NOW);
    let all = futures_util::future::join_all(ids.iter().map(|id| report(*id))).await;
    let taken = all.into_iter().filter(|one| matches!(one, Ok(reactions::Reported::Taken))).count();
    assert_eq!(taken, 5);
    let later = (NOW.plus(1), 5);
    let again = reactions::report(&db, ids[0], "c", ("spam", ""), later, NOW.plus(2)).await.unwrap();
    assert_eq!(again, reactions::Reported::Taken, "the hour is over");
});
