//! Accounts, sessions, links; what is stored of one person.

use super::{
    of_comments::{of_article, posted, written},
    *,
};
use accounts::{Change, Draft};

fn account(email: &str, role: Role) -> Draft {
    Draft { email: email.into(), name: "Ann Editor".into(), role, password: "$argon2id$x".into() }
}

promise!(accounts_change_and_their_sessions_end, |db, test| {
    let author = author(&db, "anna").await;
    let id = accounts::add(&db, &account("secret@example.org", Role::Editor), NOW).await.unwrap().unwrap();
    assert_eq!(accounts::add(&db, &account("secret@example.org", Role::Admin), NOW).await.unwrap(), None);
    accounts::add(&db, &account("reader@example.org", Role::Reader), NOW).await.unwrap().unwrap();
    let read = accounts::by_email(&db, "secret@example.org").await.unwrap().unwrap();
    assert_eq!((read.id, read.role, read.author), (id, Role::Editor, Some(author)), "known by the author's address");
    assert_eq!(accounts::by_email(&db, "nobody@example.org").await.unwrap(), None);
    assert_eq!(accounts::list(&db, true).await.unwrap().len(), 1);
    assert_eq!(accounts::list(&db, false).await.unwrap().len(), 2);
    for token in ["one", "two", "three"] {
        accounts::begin(&db, id, token, NOW).await.unwrap();
    }
    let session = accounts::session(&db, "one").await.unwrap().unwrap();
    assert_eq!((session.account.id, session.begun, session.used), (id, NOW, NOW));
    accounts::touch(&db, "one", NOW.plus(5)).await.unwrap();
    assert_eq!(accounts::session(&db, "one").await.unwrap().unwrap().used, NOW.plus(5));
    accounts::end(&db, "three", NOW).await.unwrap();
    assert_eq!(accounts::session(&db, "three").await.unwrap(), None);
    let change = async |what, but| accounts::change(&db, "secret@example.org", &what, but, NOW).await.unwrap();
    assert!(change(Change::Password("new".into()), Some("one")).await);
    assert!(accounts::session(&db, "one").await.unwrap().is_some(), "the one that changed it stays");
    assert_eq!(accounts::session(&db, "two").await.unwrap(), None);
    assert!(change(Change::Role(Role::Author), None).await);
    assert_eq!(accounts::session(&db, "one").await.unwrap(), None);
    assert!(change(Change::Disabled(Some(NOW)), None).await);
    let read = accounts::by_email(&db, "secret@example.org").await.unwrap().unwrap();
    assert_eq!((read.role, read.password.as_str(), read.disabled), (Role::Author, "new", Some(NOW)));
    assert!(!accounts::change(&db, "nobody@example.org", &Change::Role(Role::Admin), None, NOW).await.unwrap());
    // Old sessions go when a new one begins.
    accounts::begin(&db, id, "old", Timestamp(1)).await.unwrap();
    accounts::begin(&db, id, "new", NOW).await.unwrap();
    assert_eq!(accounts::session(&db, "old").await.unwrap(), None);
    let names = accounts::newsroom_names(&db).await.unwrap();
    assert!(names.contains(&"Ann Editor".to_owned()) && names.contains(&"ANNA".to_owned()), "authors too: {names:?}");
});

promise!(a_link_is_good_once, |db, test| {
    let of =
        |email: &str| accounts::Link { email: email.into(), browser: "b".into(), made: NOW.0, ..Default::default() };
    let put = async |token: &str| accounts::put_link(&db, token, &of("a@b.co"), 2, NOW.plus(-9), NOW).await.unwrap();
    assert!(put("one").await && put("two").await);
    assert!(!put("three").await, "two for an address");
    assert!(accounts::put_link(&db, "other", &of("c@d.co"), 2, NOW.plus(-9), NOW).await.unwrap());
    assert_eq!(accounts::link(&db, "one", NOW.plus(-1)).await.unwrap(), Some(of("a@b.co")));
    assert_eq!(accounts::link(&db, "one", NOW).await.unwrap(), None, "too old");
    assert_eq!(accounts::use_link(&db, "one", NOW, NOW).await.unwrap(), None);
    assert_eq!(accounts::use_link(&db, "one", NOW.plus(-1), NOW).await.unwrap().as_deref(), Some("a@b.co"));
    assert_eq!(accounts::use_link(&db, "one", NOW.plus(-1), NOW).await.unwrap(), None, "used up");
    assert_eq!(accounts::link(&db, "one", NOW.plus(-1)).await.unwrap(), None);
});

promise!(one_persons_data_is_given_and_erased, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("a", world, 500)).await;
    let draft =
        Draft { email: "ann@example.org".into(), name: "Ann".into(), role: Role::Reader, password: String::new() };
    let account = accounts::add(&db, &draft, NOW).await.unwrap().unwrap();
    let first = posted(&db, written(article, "1", "First", None, State::Approved), 1).await;
    let other = comments::New {
        email: "bo@example.org".into(),
        ..written(article, "2", "Answer", Some(first), State::Approved)
    };
    let answer = posted(&db, other, 2).await;
    let signed = comments::New {
        email: String::new(),
        account: Some(account),
        ..written(article, "3", "Signed", None, State::Spam)
    };
    posted(&db, signed, 3).await;
    let person = format!("account:{account}");
    reactions::recommend(&db, answer, &person, NOW).await.unwrap();
    reactions::report(&db, answer, &person, ("other", "my words"), (Timestamp(0), 9), NOW).await.unwrap();
    moderation::reword(&db, first, ("Newer", "<p>Newer</p>"), "account:9", NOW).await.unwrap();
    let mail = mails::Draft { recipient: "Ann@example.org".into(), subject: "S".into(), ..mails::Draft::default() };
    mails::put(&db, &mail, NOW).await.unwrap();
    let words: Vec<_> =
        privacy::comments_of(&db, "ann@example.org").await.unwrap().into_iter().map(|c| c.words).collect();
    assert_eq!(words, ["Newer", "Signed"]);
    let rest = privacy::rest_of(&db, "ann@example.org").await.unwrap();
    assert_eq!(rest.account.map(|(name, role, _)| (name, role)), Some(("Ann".into(), "reader".into())));
    assert_eq!((rest.recommends.len(), rest.reports.len(), rest.mails.len()), (1, 1, 1));
    assert_eq!(privacy::comments(&db, 0, 2).await.unwrap().len(), 2);
    assert_eq!(privacy::comments(&db, 2, 9).await.unwrap().len(), 1);
    let ban = moderation::Ban { kind: "email".into(), value: "ann@example.org".into(), why: "insults".into() };
    moderation::ban(&db, &ban, "account:9", NOW).await.unwrap();
    reactions::report(&db, first, "browser:x", ("insult", ""), (Timestamp(0), 9), NOW).await.unwrap();
    assert_eq!(privacy::erase(&db, "ann@example.org", "d1", NOW).await.unwrap(), 2);
    assert_eq!(moderation::counts(&db).await.unwrap().1, 0, "nothing of it waits in the queue of reports");
    let banned = async |digest: &str| moderation::banned(&db, ("ann@example.org", digest), None, "", "").await.unwrap();
    assert_eq!(banned("d1").await, Some(String::new()), "who was banned stays so");
    assert_eq!(banned("d2").await, None);
    let bans =
        serde_json::to_string(&moderation::bans(&db).await.unwrap().iter().map(|b| &b.ban.value).collect::<Vec<_>>());
    assert_eq!(bans.unwrap(), "[\"d1\"]", "without the address");
    assert!(privacy::comments_of(&db, "ann@example.org").await.unwrap().is_empty());
    assert_eq!(privacy::rest_of(&db, "ann@example.org").await.unwrap(), privacy::Rest::default());
    let shown = of_article(&db, article).await;
    assert_eq!(shown.iter().map(|c| (c.gone, c.recommends)).collect::<Vec<_>>(), [(true, 0), (false, 0)]);
    let all = serde_json::to_string(&privacy::comments(&db, 0, 9).await.unwrap()).unwrap();
    for gone in ["First", "Newer", "Signed", "ann@"] {
        assert!(!all.contains(gone), "{gone} in {all}");
    }
    assert_eq!(moderation::record(&db, first).await.unwrap()[0].why, "", "the record tells no old words either");
    assert_eq!(privacy::erase(&db, "ann@example.org", "d1", NOW).await.unwrap(), 0);
});

promise!(an_address_is_asked_once_and_goes_with_the_person, |db, test| {
    let mail = mails::Draft { recipient: "ann@example.org".into(), ..mails::Draft::default() };
    let email = "ann@example.org";
    assert!(!notices::is_confirmed(&db, "d").await.unwrap());
    assert!(notices::ask(&db, "d", &mail, NOW.plus(-9), NOW).await.unwrap());
    assert!(!notices::ask(&db, "d", &mail, NOW.plus(-9), NOW.plus(1)).await.unwrap(), "asked a moment ago");
    assert!(notices::ask(&db, "d", &mail, NOW.plus(1), NOW.plus(9)).await.unwrap(), "long ago");
    assert_eq!(mails::waiting(&db).await.unwrap().0, 2);
    assert!(!notices::is_confirmed(&db, "d").await.unwrap());
    notices::confirm(&db, "d", NOW).await.unwrap();
    notices::confirm(&db, "d", NOW).await.unwrap();
    assert!(notices::is_confirmed(&db, "d").await.unwrap());
    privacy::erase(&db, email, "d", NOW).await.unwrap();
    assert!(!notices::is_confirmed(&db, "d").await.unwrap());
});
