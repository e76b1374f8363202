//! Readers of newsletters, letters, deliveries.

use super::*;
use pressroom::{
    domain::newsletter::{Brake, ConsentWay, Kind, Standing, State, Tally},
    storage::{
        mails,
        newsletter::{
            brake::{self, Found},
            consents::{self, Wording},
            deliveries::{self, Progress},
            letters::{self, Draft as LetterDraft},
            subscribers::{self, Asking},
        },
        workers,
    },
};

fn asking(email: &str, token: &str, lists: &[&str]) -> Asking {
    Asking {
        email: email.into(),
        key: format!("key of {token}"),
        token: token.into(),
        lists: lists.iter().map(|list| (*list).to_owned()).collect(),
        form: "sidebar".into(),
        wording: Wording { digest: "of the form".into(), words: "What the form says".into() },
    }
}

fn letter(list: &str) -> LetterDraft {
    LetterDraft {
        list: list.into(),
        kind: Kind::Message,
        subject: "Subject".into(),
        preheader: "Beside".into(),
        body: "Words".into(),
        articles: vec![3, 1],
    }
}

promise!(a_subscriber_asks_confirms_and_leaves, |db, test| {
    let limits = [(NOW.plus(-600_000), 1)];
    let mail = |to: &subscribers::Subscriber| {
        Some(mails::Draft { recipient: to.email.clone(), subject: "s".into(), body: "b".into(), ..Default::default() })
    };
    assert!(subscribers::ask(&db, &asking("a@x.org", "one", &["daily", "weekly"]), &limits, NOW, mail).await.unwrap());
    assert!(!subscribers::ask(&db, &asking("a@x.org", "two", &["daily"]), &limits, NOW, mail).await.unwrap());
    assert_eq!(mails::waiting(&db).await.unwrap().0, 1);
    let since = NOW.plus(-1);
    let (who, lists) = subscribers::asked(&db, "one", since).await.unwrap().unwrap();
    assert_eq!((who.email.as_str(), who.standing, lists.len()), ("a@x.org", Standing::Pending, 2));
    assert_eq!(who.key, "key of one");
    assert!(subscribers::asked(&db, "two", since).await.unwrap().is_none());
    assert!(subscribers::asked(&db, "one", NOW).await.unwrap().is_none(), "too old");
    let at = NOW.plus(5);
    let who = subscribers::confirm(&db, "one", since, "192.0.2.1", at).await.unwrap().unwrap();
    assert_eq!(who.standing, Standing::Confirmed);
    assert!(subscribers::confirm(&db, "one", since, "", at).await.unwrap().is_none(), "used");
    assert_eq!(subscribers::by_id(&db, who.id).await.unwrap(), Some(who.clone()));
    let lists = subscribers::lists_of(&db, who.id).await.unwrap();
    assert_eq!(lists, [("daily".to_owned(), at), ("weekly".to_owned(), at)]);
    assert_eq!(subscribers::counts(&db).await.unwrap().get("daily"), Some(&1));
    // Another choice keeps since when the rest is there.
    let own = consents::Consent { way: ConsentWay::OwnPage, at: at.plus(9), ..newcomer("", "", "ignored").consent };
    let chosen = ["weekly".to_owned(), "breaking".to_owned()];
    assert!(subscribers::choose(&db, who.id, &chosen, &own, at.plus(9)).await.unwrap());
    let lists = subscribers::lists_of(&db, who.id).await.unwrap();
    assert_eq!(lists, [("breaking".to_owned(), at.plus(9)), ("weekly".to_owned(), at)]);
    subscribers::leave(&db, who.id, "breaking", at).await.unwrap();
    assert_eq!(subscribers::by_id(&db, who.id).await.unwrap().unwrap().standing, Standing::Confirmed);
    subscribers::leave(&db, who.id, "weekly", at).await.unwrap();
    assert_eq!(subscribers::by_id(&db, who.id).await.unwrap().unwrap().standing, Standing::Left);
    assert!(subscribers::stand(&db, "a@x.org", Standing::Blocked, at).await.unwrap());
    assert!(!subscribers::stand(&db, "b@x.org", Standing::Blocked, at).await.unwrap());
    assert!(!subscribers::choose(&db, who.id, &["daily".into()], &own, at).await.unwrap(), "blocked stays blocked");
    subscribers::erase(&db, who.id, at).await.unwrap();
    assert!(subscribers::by_id(&db, who.id).await.unwrap().is_none());
});

promise!(subscribers_are_listed_brought_and_forgotten, |db, test| {
    let some = |email: &str| newcomer(email, "k", "daily");
    assert_eq!(subscribers::bring(&db, &[some("a@x.org"), some("b@x.org"), some("a@x.org")], NOW).await.unwrap(), 2);
    subscribers::ask(&db, &asking("c@x.org", "t", &["daily"]), &[], NOW, |_| None).await.unwrap();
    let all = subscribers::all(&db, 0, 2).await.unwrap();
    assert_eq!((all.len(), all[0].email.as_str(), all[0].lists.as_slice()), (2, "a@x.org", &["daily".to_owned()][..]));
    let rest = subscribers::all(&db, all[1].id, 9).await.unwrap();
    assert_eq!((rest.len(), rest[0].standing.as_str(), rest[0].confirmed), (1, "pending", None));
    assert_eq!(subscribers::forget_pending(&db, NOW, NOW).await.unwrap(), 0);
    assert_eq!(subscribers::forget_pending(&db, NOW.plus(1), NOW).await.unwrap(), 1);
    let day = Timestamp::DAY;
    let soft =
        async |days: i64| subscribers::soft_bounce(&db, "a@x.org", 3, 7 * day, NOW.plus(days * day)).await.unwrap();
    assert_eq!([soft(0).await, soft(1).await, soft(2).await, soft(8).await], [false, false, false, true]);
    assert_eq!(subscribers::all(&db, 0, 1).await.unwrap()[0].standing, "bounced");
    assert_eq!(subscribers::counts(&db).await.unwrap().get("daily"), Some(&1));
});

promise!(letters_go_from_draft_to_archive, |db, test| {
    let one = letters::add(&db, &letter("daily"), "2026-daily", State::Draft, "account:1", NOW).await.unwrap();
    let two = letters::add(&db, &letter("daily"), "2026-daily", State::Draft, "account:1", NOW).await.unwrap();
    let found = letters::by_slug(&db, "2026-daily-2").await.unwrap().unwrap();
    assert_eq!((found.id, found.articles.as_slice(), found.state), (two, &[3, 1][..], State::Draft));
    let changed = LetterDraft { subject: "Other".into(), ..letter("weekly") };
    assert!(letters::save(&db, one, &changed, NOW).await.unwrap());
    assert_eq!(letters::by_id(&db, one).await.unwrap().unwrap().subject, "Other");
    assert!(letters::approve(&db, one, NOW.plus(50), "account:2", NOW).await.unwrap());
    assert!(!letters::approve(&db, one, NOW, "account:2", NOW).await.unwrap(), "no draft any more");
    assert!(!letters::save(&db, one, &changed, NOW).await.unwrap());
    assert!(!letters::discard(&db, one, NOW).await.unwrap());
    assert!(letters::discard(&db, two, NOW).await.unwrap());
    assert_eq!(letters::next_due(&db).await.unwrap(), Some(NOW.plus(50)));
    assert!(letters::archive(&db, NOW.plus(99), 9).await.unwrap().is_empty());
    assert!(deliveries::begin(&db, one, NOW.plus(50)).await.unwrap());
    assert!(!deliveries::begin(&db, one, NOW.plus(50)).await.unwrap(), "it began");
    assert_eq!(letters::archive(&db, NOW.plus(51), 9).await.unwrap().len(), 1);
    assert!(letters::archive(&db, NOW.plus(50), 9).await.unwrap().is_empty());
    assert_eq!(letters::in_state(&db, State::Sending).await.unwrap().len(), 1);
    assert!(!letters::change(&db, one, &[State::Paused], State::Approved, "", NOW).await.unwrap());
    assert!(letters::change(&db, one, &[State::Paused, State::Sending], State::Sent, "", NOW.plus(60)).await.unwrap());
    let found = letters::by_id(&db, one).await.unwrap().unwrap();
    assert_eq!((found.begun, found.ended), (Some(NOW.plus(50)), Some(NOW.plus(60))));
    assert_eq!(letters::newest(&db, 9).await.unwrap().len(), 1);
    letters::count(&db, &[(one, 2, 1), (one, 3, 0), (999, 1, 1)], NOW).await.unwrap();
    let found = letters::by_id(&db, one).await.unwrap().unwrap();
    assert_eq!((found.opens, found.clicks), (5, 1));
    // Digests look once, however many servers look.
    assert_eq!(letters::looked(&db, "daily", NOW).await.unwrap(), NOW);
    let new = letter("daily");
    let made = Some((&new, "d", State::Approved, ""));
    assert!(letters::look(&db, "daily", NOW, NOW.plus(5), made, NOW).await.unwrap());
    assert!(!letters::look(&db, "daily", NOW, NOW.plus(5), made, NOW).await.unwrap());
    assert_eq!(letters::looked(&db, "daily", NOW).await.unwrap(), NOW.plus(5));
    assert_eq!(letters::newest(&db, 9).await.unwrap().len(), 2);
    assert_eq!(letters::pause_all(&db, "why", NOW).await.unwrap(), 1);
    assert_eq!(letters::in_state(&db, State::Paused).await.unwrap()[0].why, "why");
});

promise!(deliveries_are_leased_settled_and_counted, |db, test| {
    let people: Vec<_> = (0..6).map(|n| newcomer(&format!("r{n}@x.org"), "k", "daily")).collect();
    subscribers::bring(&db, &people, NOW).await.unwrap();
    let id = letters::add(&db, &letter("daily"), "d", State::Approved, "", NOW).await.unwrap();
    assert!(deliveries::lease(&db, id, NOW, NOW.plus(10), 9).await.unwrap().is_empty(), "not begun");
    deliveries::begin(&db, id, NOW).await.unwrap();
    let all = subscribers::all(&db, 0, 9).await.unwrap();
    subscribers::leave(&db, all[5].id, "daily", NOW).await.unwrap();
    let some = deliveries::lease(&db, id, NOW, NOW.plus(10), 4).await.unwrap();
    assert_eq!(
        some.iter().map(|one| one.email.as_str()).collect::<Vec<_>>(),
        ["r0@x.org", "r1@x.org", "r2@x.org", "r3@x.org"]
    );
    assert!(some.iter().all(|one| one.attempts == 1 && one.key == "k"));
    let rest = deliveries::lease(&db, id, NOW, NOW.plus(10), 9).await.unwrap();
    assert_eq!(rest.len(), 1, "one has left");
    assert_eq!(deliveries::next_due(&db, id).await.unwrap(), Some(NOW.plus(10)));
    deliveries::sent(&db, &[some[0].id], NOW).await.unwrap();
    deliveries::refused(&db, some[1].id, "no such user", "gone", NOW).await.unwrap();
    deliveries::failed(&db, some[2].id, "busy", NOW.plus(5), NOW).await.unwrap();
    deliveries::give_back(&db, &[some[3].id], NOW).await.unwrap();
    let progress = deliveries::progress(&db, id).await.unwrap();
    assert_eq!(progress, Progress { waiting: 3, sent: 1, refused: 1, left: 1, quit: 0 });
    assert_eq!(progress.total(), 6);
    assert_eq!(deliveries::faults(&db, id, 9).await.unwrap(), [("busy".to_owned(), 1), ("no such user".to_owned(), 1)]);
    let again = deliveries::lease(&db, id, NOW, NOW.plus(10), 9).await.unwrap();
    assert_eq!((again.len(), again[0].id, again[0].attempts), (1, some[3].id, 1), "what was given back was not tried");
    // Whoever leaves after it came is counted with it.
    assert_eq!(subscribers::letters_of(&db, all[0].id).await.unwrap(), [("Subject".to_owned(), NOW)]);
    assert_eq!(subscribers::since(&db, all[0].id).await.unwrap(), Some((NOW, Some(NOW))));
    subscribers::leave(&db, all[0].id, "daily", NOW).await.unwrap();
    subscribers::choose(&db, all[1].id, &[], &people[0].consent, NOW).await.unwrap();
    assert_eq!(deliveries::progress(&db, id).await.unwrap().quit, 1, "the other one never had it");
    deliveries::came_back(&db, id, all[0].id, "came back", NOW).await.unwrap();
    deliveries::came_back(&db, id, all[3].id, "came back", NOW).await.unwrap();
    let progress = deliveries::progress(&db, id).await.unwrap();
    assert_eq!(
        (progress.sent, progress.refused, progress.waiting),
        (0, 2, 3),
        "what was never handed over can't come back"
    );
    deliveries::end_leases(&db, NOW).await.unwrap();
    let again = deliveries::lease(&db, id, NOW.plus(5), NOW.plus(10), 9).await.unwrap();
    assert_eq!(again.len(), 3);
    letters::change(&db, id, &[State::Sending], State::Paused, "", NOW).await.unwrap();
    assert!(deliveries::lease(&db, id, NOW.plus(99), NOW.plus(100), 9).await.unwrap().is_empty(), "paused");
});

promise!(leases_are_renewed_while_something_is_carried, |db, test| {
    let people: Vec<_> = (0..2).map(|n| common::newcomer(&format!("r{n}@x.org"), "k", "daily")).collect();
    subscribers::bring(&db, &people, NOW).await.unwrap();
    let id = letters::add(&db, &letter("daily"), "d", State::Approved, "", NOW).await.unwrap();
    deliveries::begin(&db, id, NOW).await.unwrap();
    assert_eq!(letters::by_id(&db, id).await.unwrap().unwrap().resumed, Some(NOW));
    let leased = deliveries::lease(&db, id, NOW, NOW.plus(10), 9).await.unwrap();
    deliveries::sent(&db, &[leased[1].id], NOW).await.unwrap();
    let ids: Vec<i64> = leased.iter().map(|one| one.id).collect();
    deliveries::renew(&db, &ids, NOW.plus(50), NOW.plus(5)).await.unwrap();
    assert!(deliveries::lease(&db, id, NOW.plus(20), NOW.plus(30), 9).await.unwrap().is_empty());
    assert_eq!(deliveries::next_due(&db, id).await.unwrap(), Some(NOW.plus(50)), "what was sent is not leased again");
    letters::explain(&db, id, "away", NOW).await.unwrap();
    assert_eq!(letters::by_id(&db, id).await.unwrap().unwrap().why, "away");
    assert_eq!(letters::rows_in_state(&db, State::Sending).await.unwrap(), [id]);
});

promise!(refusals_wait_until_they_are_what_a_good_list_brings, |db, test| {
    let people: Vec<_> = (0..40).map(|n| common::newcomer(&format!("r{n}@x.org"), "k", "daily")).collect();
    subscribers::bring(&db, &people, NOW).await.unwrap();
    let id = letters::add(&db, &letter("daily"), "d", State::Approved, "", NOW).await.unwrap();
    deliveries::begin(&db, id, NOW).await.unwrap();
    let soft = (3, 7 * Timestamp::DAY);
    let draft = mails::Draft { recipient: "admin@x.org".into(), ..Default::default() };
    let look = async |at: i64| {
        brake::look(&db, id, soft, NOW.plus(at), |tally, said| {
            (format!("{} {said}", tally.refused()), vec![draft.clone()])
        })
        .await
        .unwrap()
    };
    let first = deliveries::lease(&db, id, NOW, NOW.plus(10), 20).await.unwrap();
    deliveries::refused(&db, first[0].id, "no such user", "gone", NOW).await.unwrap();
    let sent: Vec<i64> = first[1..].iter().map(|one| one.id).collect();
    deliveries::sent(&db, &sent, NOW).await.unwrap();
    assert_eq!(look(1).await, Found::Good);
    let standing = async |n: usize| subscribers::by_id(&db, first[n].subscriber).await.unwrap().unwrap().standing;
    assert_eq!(standing(0).await, Standing::Confirmed, "not everybody was tried");
    let tally = brake::tally(&db, id).await.unwrap();
    assert_eq!(tally, Tally { sent: 19, gone: 1, waiting: 20, untried: 20, ..Tally::default() });
    let second = deliveries::lease(&db, id, NOW, NOW.plus(10), 20).await.unwrap();
    for one in &second[..2] {
        deliveries::refused(&db, one.id, "relay not permitted", "ours", NOW).await.unwrap();
    }
    deliveries::refused(&db, second[2].id, "sorry", "unclear", NOW).await.unwrap();
    let sent: Vec<i64> = second[3..].iter().map(|one| one.id).collect();
    deliveries::sent(&db, &sent, NOW).await.unwrap();
    assert_eq!(look(2).await, Found::Held);
    assert_eq!(look(3).await, Found::HeldBefore);
    let held = letters::by_id(&db, id).await.unwrap().unwrap();
    assert_eq!((held.state, held.brake, held.why.as_str()), (State::Paused, Brake::On, "4 relay not permitted"));
    assert_eq!(letters::braked(&db, 9).await.unwrap(), [held]);
    assert_eq!((standing(0).await, mails::waiting(&db).await.unwrap().0), (Standing::Confirmed, 1));
    // It goes on with those who were refused.
    assert!(brake::resume(&db, id, NOW.plus(4)).await.unwrap());
    assert!(!brake::resume(&db, id, NOW.plus(4)).await.unwrap());
    deliveries::begin(&db, id, NOW.plus(4)).await.unwrap();
    let again = deliveries::lease(&db, id, NOW.plus(4), NOW.plus(9), 20).await.unwrap();
    assert_eq!(again.iter().map(|one| one.attempts).collect::<Vec<_>>(), [1; 4]);
    for one in &again {
        let (fault, verdict) = if one.id == first[0].id { ("gone", "gone") } else { ("sorry", "unclear") };
        deliveries::refused(&db, one.id, fault, verdict, NOW.plus(5)).await.unwrap();
    }
    assert_eq!(look(6).await, Found::Held);
    // An editor says that the list is old.
    assert!(brake::end(&db, id, soft, NOW.plus(7)).await.unwrap());
    assert!(!brake::end(&db, id, soft, NOW.plus(7)).await.unwrap());
    let gone = subscribers::bounced(&db, NOW.plus(7), NOW.plus(8)).await.unwrap();
    assert_eq!((gone.len(), gone[0].email.as_str(), gone[0].fault.as_str()), (4, "r0@x.org", "gone"));
    assert!(subscribers::bounced(&db, NOW, NOW.plus(7)).await.unwrap().is_empty());
    assert_eq!(look(8).await, Found::Good);
    assert_eq!(subscribers::revive(&db, NOW.plus(7), NOW.plus(8), NOW.plus(9)).await.unwrap(), 4);
    assert_eq!(standing(0).await, Standing::Confirmed);
    // Nobody can be sent anything: held without a refusal.
    letters::change(&db, id, &[State::Approved], State::Sending, "", NOW).await.unwrap();
    assert!(brake::hold(&db, id, "login", &[], NOW).await.unwrap());
    assert!(!brake::hold(&db, id, "login", &[], NOW).await.unwrap());
    assert_eq!(letters::by_id(&db, id).await.unwrap().unwrap().state, State::Paused);
});

promise!(what_comes_back_is_counted_once, |db, test| {
    subscribers::bring(&db, &[common::newcomer("a@x.org", "k", "daily")], NOW).await.unwrap();
    let who = subscribers::all(&db, 0, 1).await.unwrap()[0].id;
    let mut ids = Vec::new();
    for slug in ["one", "two"] {
        let id = letters::add(&db, &letter("daily"), slug, State::Approved, "", NOW).await.unwrap();
        deliveries::begin(&db, id, NOW).await.unwrap();
        let leased = deliveries::lease(&db, id, NOW, NOW.plus(10), 9).await.unwrap();
        deliveries::sent(&db, &[leased[0].id], NOW).await.unwrap();
        ids.push(id);
    }
    let back = async |letter, verdict| deliveries::returned(&db, letter, who, ("f", verdict), NOW).await.unwrap();
    assert_eq!(back(None, "for now").await, Some(ids[1]), "the last one");
    assert_eq!(back(None, "for now").await, None);
    assert_eq!(back(None, "gone").await, Some(ids[1]), "now it is clear");
    assert_eq!(back(Some(ids[1]), "for now").await, None);
    assert_eq!(back(Some(ids[0]), "ours").await, Some(ids[0]));
    assert_eq!(brake::tally(&db, ids[1]).await.unwrap().gone, 1);
    assert!(deliveries::any_of(&db, who).await.unwrap());
    assert!(!deliveries::any_of(&db, 999).await.unwrap());
    subscribers::bounce(&db, who, ("f", "ours"), (1, 0), NOW).await.unwrap();
    assert_eq!(subscribers::by_id(&db, who).await.unwrap().unwrap().standing, Standing::Confirmed);
    subscribers::bounce(&db, who, ("f", "for now"), (1, 0), NOW).await.unwrap();
    assert_eq!(subscribers::by_id(&db, who).await.unwrap().unwrap().standing, Standing::Bounced);
});

promise!(workers_that_fail_are_known_until_they_are_well, |db, test| {
    assert!(workers::failing(&db, NOW.plus(-1)).await.unwrap().is_empty());
    workers::failed(&db, "the outbox", "one", NOW).await.unwrap();
    workers::failed(&db, "the outbox", "two", NOW.plus(5)).await.unwrap();
    workers::failed(&db, "another", "three", NOW.plus(-9)).await.unwrap();
    let failing = workers::failing(&db, NOW.plus(-1)).await.unwrap();
    assert_eq!((failing.len(), failing[0].failures, failing[0].fault.as_str()), (1, 2, "two"));
    assert_eq!((failing[0].since, failing[0].at), (NOW, NOW.plus(5)));
    workers::well(&db, "the outbox", NOW).await.unwrap();
    workers::well(&db, "unknown", NOW).await.unwrap();
    assert!(workers::failing(&db, NOW.plus(-1)).await.unwrap().is_empty());
});

promise!(articles_of_a_span, |db, test| {
    let world = section(&db, "world", None).await;
    saved(&db, &draft("a", world, 5)).await;
    let all = lists::within(&db, lists::Span { from: Timestamp(i64::MIN), until: NOW.plus(1) }, 9).await.unwrap();
    assert_eq!(all.len(), 1);
    let at = all[0].published;
    let within = async |from, until| lists::within(&db, lists::Span { from, until }, 9).await.unwrap().len();
    assert_eq!(
        [within(at, at.plus(1)).await, within(at.plus(1), at.plus(9)).await, within(at.plus(-9), at).await],
        [1, 0, 0]
    );
});

promise!(how_a_reader_agreed_is_kept_and_goes_with_the_reader, |db, test| {
    subscribers::ask(&db, &asking("a@x.org", "one", &["daily", "weekly"]), &[], NOW, |_| None).await.unwrap();
    let at = NOW.plus(5);
    let who = subscribers::confirm(&db, "one", NOW.plus(-1), "192.0.2.1", at).await.unwrap().unwrap();
    let form = consents::Consent {
        at,
        asked: Some(NOW),
        way: ConsentWay::Form,
        source: "sidebar".into(),
        details: String::new(),
        lists: vec!["daily".into(), "weekly".into()],
        wording: Wording { digest: "of the form".into(), words: "What the form says".into() },
        address: "192.0.2.1".into(),
    };
    assert_eq!(consents::of(&db, who.id).await.unwrap(), std::slice::from_ref(&form));
    // On the own page what is new is agreed to, nothing else.
    let own = consents::Consent { way: ConsentWay::OwnPage, ..newcomer("", "", "").consent };
    let chosen = ["weekly".to_owned(), "breaking".to_owned()];
    subscribers::choose(&db, who.id, &chosen, &own, at).await.unwrap();
    subscribers::choose(&db, who.id, &chosen, &own, at).await.unwrap();
    let second = consents::Consent { lists: vec!["breaking".into()], ..own };
    assert_eq!(consents::of(&db, who.id).await.unwrap(), [form.clone(), second.clone()]);
    // Whoever comes with a file brings it; whoever is known gets none.
    let people = [newcomer("b@x.org", "k", "daily"), newcomer("a@x.org", "k", "daily")];
    assert_eq!(subscribers::bring(&db, &people, at).await.unwrap(), 1);
    let all = subscribers::all(&db, 0, 9).await.unwrap();
    assert_eq!(all[0].consents, [form, second]);
    assert_eq!(all[1].consents, [people[0].consent.clone()]);
    assert_eq!(privacy::rest_of(&db, "b@x.org").await.unwrap().consents, [people[0].consent.clone()]);
    // Both ways of erasing take it along.
    privacy::erase(&db, "b@x.org", "", at).await.unwrap();
    subscribers::erase(&db, who.id, at).await.unwrap();
    let (left,): (i64,) = db.one("SELECT COUNT(*) FROM consents", Vec::new()).await.unwrap();
    assert_eq!(left, 0);
});

promise!(mails_that_are_over_hold_no_link, |db, test| {
    let draft = |to: &str, reply_to: Option<&str>| mails::Draft {
        recipient: to.into(),
        reply_to: reply_to.map(str::to_owned),
        subject: "S".into(),
        body: "https://x.org/sign-in/token".into(),
        stop: Some("https://x.org/comments/stop/1/token".into()),
        ..Default::default()
    };
    for (to, reply_to) in
        [("sent@x.org", None), ("lost@x.org", None), ("letter@x.org", Some("r@x.org")), ("waits@x.org", None)]
    {
        mails::put(&db, &draft(to, reply_to), NOW).await.unwrap();
    }
    let due = mails::lease(&db, NOW, NOW.plus(9), 3).await.unwrap();
    mails::sent(&db, due[0].id, NOW).await.unwrap();
    mails::given_up(&db, due[1].id, "refused", NOW).await.unwrap();
    mails::given_up(&db, due[2].id, "refused", NOW).await.unwrap();
    let sql = "SELECT body, COALESCE(stop, '') FROM mails ORDER BY id";
    let all: Vec<(String, String)> = db.all(sql, Vec::new()).await.unwrap();
    let whole = draft("", None);
    // What a reader wrote to the newsroom stays to be read, without the link.
    let expected = [("", ""), ("", ""), (whole.body.as_str(), ""), (&whole.body, whole.stop.as_deref().unwrap())];
    assert_eq!(all.iter().map(|(body, stop)| (body.as_str(), stop.as_str())).collect::<Vec<_>>(), expected);
    // A back-up has no mail of the program's own that waits.
    let table = dump::TABLES.iter().find(|table| table.name == "mails").unwrap();
    let mut lines = Vec::new();
    let mut act = db.snapshot().await.unwrap();
    let count = dump::read(&mut act, table, |line| {
        lines.push(line.to_owned());
        Ok(())
    });
    assert_eq!(count.await.unwrap(), 3);
    assert!(!lines.concat().contains("waits@x.org"), "{lines:?}");
    drop(act);
});

promise!(a_providers_event_is_claimed_once_and_again_where_its_taker_ended, |db, test| {
    use pressroom::storage::newsletter::provider_events::{self, Claim};
    assert_eq!(provider_events::claim(&db, "a", NOW).await.unwrap(), Claim::Ours);
    assert_eq!(provider_events::claim(&db, "a", NOW.plus(1_000)).await.unwrap(), Claim::Busy);
    assert_eq!(provider_events::claim(&db, "b", NOW).await.unwrap(), Claim::Ours);
    // Whoever asked first has ended before it was taken.
    assert_eq!(provider_events::claim(&db, "a", NOW.plus(60_000)).await.unwrap(), Claim::Ours);
    provider_events::taken(&db, "a", NOW.plus(60_000)).await.unwrap();
    assert_eq!(provider_events::claim(&db, "a", NOW.plus(900_000)).await.unwrap(), Claim::Taken);
    assert_eq!(provider_events::forget(&db, NOW.plus(1), NOW).await.unwrap(), 1, "the older one");
    assert_eq!(provider_events::claim(&db, "a", NOW).await.unwrap(), Claim::Taken);
});
