//! Comments, mails, settings.

use super::*;

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
    let shown = comments::approved(&db, Subject::Article(a)).await.unwrap();
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
    assert!(comments::approved(&db, Subject::Article(article)).await.unwrap().is_empty());
    let shown = comments::approved(&db, Subject::Page(about)).await.unwrap();
    assert_eq!((shown.len(), shown[1].parent), (2, Some(first)));
    let told = changes::since(&db, 0, 100).await.unwrap();
    assert_eq!(told.last().map(|c| (c.noun, c.row)), Some((Noun::Page, about.0)));
    // An archive that has moved its comment from the page to the article.
    assert!(comments::save(&db, &said("2", Subject::Article(article)), NOW).await.unwrap().1);
    assert_eq!(comments::approved(&db, Subject::Page(about)).await.unwrap().len(), 1);
    assert_eq!(articles::by_slug(&db, &slug("a")).await.unwrap().unwrap().comment_count, 1);
});

promise!(mails_are_leased_once_and_tried_again, |db, test| {
    let mail = mails::Draft {
        recipient: "a@example.org".into(),
        reply_to: None,
        subject: "S".into(),
        body: "B".into(),
        ticket: Some("t".into()),
    };
    mails::put(&db, &mail, Timestamp(10)).await.unwrap();
    mails::put(&db, &mail, Timestamp(10)).await.unwrap();
    assert_eq!(mails::next_due(&db).await.unwrap(), Some(Timestamp(10)));
    let leased = mails::lease(&db, Timestamp(10), Timestamp(100), 5).await.unwrap();
    assert_eq!((leased.len(), leased[0].attempts), (1, 1));
    assert!(mails::lease(&db, Timestamp(99), Timestamp(200), 5).await.unwrap().is_empty());
    mails::failed(&db, leased[0].id, "no server", Timestamp(300), Timestamp(20)).await.unwrap();
    assert_eq!(mails::waiting(&db).await.unwrap(), (1, Some("no server".into())));
    let again = mails::lease(&db, Timestamp(300), Timestamp(400), 5).await.unwrap();
    assert_eq!(again[0].attempts, 2);
    mails::sent(&db, again[0].id, Timestamp(301)).await.unwrap();
    assert_eq!(mails::waiting(&db).await.unwrap(), (0, None));
    assert_eq!(mails::next_due(&db).await.unwrap(), None);
});

promise!(settings_come_back, |db, test| {
    assert_eq!(settings::get::<Vec<String>>(&db, "k").await.unwrap(), None);
    settings::put(&db, "k", &["a".to_owned()], NOW).await.unwrap();
    let before = changes::newest(&db).await.unwrap();
    settings::put(&db, "k", &["a".to_owned()], NOW).await.unwrap();
    assert_eq!(changes::newest(&db).await.unwrap(), before);
    assert_eq!(settings::get::<Vec<String>>(&db, "k").await.unwrap(), Some(vec!["a".to_owned()]));
});
