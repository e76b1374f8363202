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

promise!(pictures_become_ready_in_every_role, |db, test| {
    let came = |key: &str| media::Draft {
        file: "a.jpg".into(),
        width: 30,
        height: 20,
        bytes: 9,
        alt: String::new(),
        caption: String::new(),
        credit: String::new(),
        key: key.into(),
        ready: String::new(),
        focus: "30 20".parse().ok(),
    };
    let (one, new) = media::save(&db, &came("one"), NOW).await.unwrap();
    assert!(new && !media::save(&db, &came("one"), NOW).await.unwrap().1);
    let (two, _) = media::save(&db, &came("two"), NOW).await.unwrap();
    assert_eq!(media::ready_of(&db, "a.jpg").await.unwrap(), None);
    assert_eq!(media::unready(&db, "", 9).await.unwrap(), ["a.jpg"]);
    assert!(media::unready(&db, "a.jpg", 9).await.unwrap().is_empty());
    media::made_ready(&db, "a.jpg", (20, 30), "rgb 20", NOW).await.unwrap();
    for id in [one, two] {
        let picture = media::by_id(&db, id).await.unwrap().unwrap();
        assert_eq!((picture.width, picture.height, picture.ready.widths), (20, 30, vec![20]));
    }
    assert_eq!(media::ready_of(&db, "a.jpg").await.unwrap(), Some((20, 30, "rgb 20".into())));
    assert!(media::unready(&db, "", 9).await.unwrap().is_empty());
    assert_eq!(media::files(&db, "", 9).await.unwrap(), ["a.jpg"]);
});

promise!(sitemaps_run_along_the_rows, |db, test| {
    let world = section(&db, "world", None).await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(saved(&db, &draft(&format!("a{n}"), world, n)).await);
    }
    let taken = articles::Draft {
        source: Some(Source { name: "X".into(), url: "https://x.example/".into() }),
        updated: Some(Timestamp(77)),
        ..draft("taken", world, 9)
    };
    let taken = saved(&db, &taken).await;
    saved(&db, &articles::Draft { status: Status::Draft, ..draft("hidden", world, 9) }).await;
    let last = sitemaps::last_article(&db).await.unwrap();
    let all = sitemaps::articles(&db, (0, last), true, NOW, 99).await.unwrap();
    assert_eq!(all.iter().map(|m| m.id).collect::<Vec<_>>(), [&ids[..], &[taken]].concat());
    assert_eq!((all[5].href.as_str(), all[5].changed), ("/world/taken", Timestamp(77)));
    assert_eq!(sitemaps::articles(&db, (ids[1].0, ids[3].0), false, NOW, 99).await.unwrap().len(), 2);
    assert_eq!(sitemaps::articles(&db, (0, last), false, NOW, 99).await.unwrap().len(), 5);
    assert_eq!(sitemaps::articles(&db, (0, last), true, NOW, 2).await.unwrap().len(), 2);
    assert_eq!(sitemaps::lists_and_pages(&db, NOW, 9).await.unwrap(), ["/world"]);
    let newest = lists::page(&db, Shelf::News, Span::until(NOW), Window::Newest, 1).await.unwrap().items;
    assert_eq!(lists::texts(&db, &newest).await.unwrap()[&taken].1, Some(Timestamp(77)));
});

promise!(a_readers_comment_is_stored_once_and_every_decision_is_on_record, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let article = saved(&db, &draft("first", world, 500)).await;
    let new = |ticket: &str, words: &str, parent| comments::New {
        article,
        parent,
        name: "Ann".into(),
        email: "ann@example.org".into(),
        body: format!("<p>{words}</p>"),
        words: words.into(),
        state: State::Held,
        ticket: ticket.into(),
        address: "192.0.2.1".into(),
        findings: "[]".into(),
    };
    let one = new("t1", "One", None);
    let Posted::Here(id, State::Held) = comments::post(&db, &one, NOW).await.unwrap() else { panic!("not stored") };
    assert_eq!(comments::post(&db, &one, NOW).await.unwrap(), Posted::Here(id, State::Held), "once for each ticket");
    assert_eq!(comments::by_ticket(&db, "t1").await.unwrap(), Some((id, State::Held)));
    assert_eq!(comments::by_ticket(&db, "t2").await.unwrap(), None);
    let answer = new("t2", "Two", Some(id));
    assert_eq!(comments::post(&db, &answer, NOW).await.unwrap(), Posted::NoParent, "what is held can't be answered");
    assert_eq!(comments::shown(&db, article, id).await.unwrap(), None);
    let before = changes::newest(&db).await.unwrap();
    assert!(comments::decide(&db, id, State::Approved, "Eve", NOW).await.unwrap());
    assert!(comments::decide(&db, id, State::Approved, "Eve", NOW).await.unwrap(), "known, and so already");
    assert!(!comments::decide(&db, pressroom::domain::CommentId(id.0 + 9), State::Spam, "Eve", NOW).await.unwrap());
    let told: Vec<_> = changes::since(&db, before, 9).await.unwrap().into_iter().map(|c| c.noun).collect();
    assert_eq!(told, [Noun::Comment, Noun::Thread]);
    assert_eq!(comments::record(&db, id).await.unwrap(), [(NOW, "Eve".to_owned(), "approved".to_owned())]);
    assert_eq!(comments::shown(&db, article, id).await.unwrap().unwrap().body, "<p>One</p>");
    assert_eq!(articles::by_slug(&db, &slug("first")).await.unwrap().unwrap().comment_count, 1);
    let at = comments::place(&db, id, NOW).await.unwrap().unwrap();
    assert_eq!((at.0.as_str(), at.1.as_str()), ("world", "first"));
    assert_eq!(comments::place(&db, id, Timestamp(499)).await.unwrap(), None, "not before its article is there");
    assert!(matches!(comments::post(&db, &answer, NOW.plus(1)).await.unwrap(), Posted::Here(_, State::Held)));
    let history = comments::history(&db, "192.0.2.1", "ann@example.org", NOW.plus(-1)).await.unwrap();
    assert_eq!((history.last, history.count, history.approved), (Some(NOW.plus(1)), 2, 1));
    let stranger = comments::history(&db, "", "bob@example.org", Timestamp(0)).await.unwrap();
    assert_eq!(stranger, comments::History::default());
    assert!(comments::said_since(&db, "One", NOW.plus(-1)).await.unwrap());
    assert!(!comments::said_since(&db, "One", NOW).await.unwrap());
    let waiting = comments::queue(&db, State::Held, 9).await.unwrap();
    assert_eq!(waiting.iter().map(|w| (w.words.as_str(), w.slug.as_str())).collect::<Vec<_>>(), [("Two", "first")]);
    article_acts::set_status(&db, &slug("first"), Status::Removed, None, NOW).await.unwrap();
    assert_eq!(comments::post(&db, &new("t3", "Three", None), NOW).await.unwrap(), Posted::Closed);
});
