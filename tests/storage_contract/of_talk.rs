//! Mails, settings, pictures, sitemaps.

use super::*;

promise!(mails_are_leased_once_and_tried_again, |db, test| {
    let mail = mails::Draft {
        recipient: "a@example.org".into(),
        reply_to: None,
        subject: "S".into(),
        body: "B".into(),
        ticket: Some("t".into()),
        stop: Some("https://review.example/stop".into()),
        ..mails::Draft::default()
    };
    mails::put(&db, &mail, Timestamp(10)).await.unwrap();
    mails::put(&db, &mail, Timestamp(10)).await.unwrap();
    assert_eq!(mails::next_due(&db).await.unwrap(), Some(Timestamp(10)));
    let leased = mails::lease(&db, Timestamp(10), Timestamp(100), 5).await.unwrap();
    assert_eq!((leased.len(), leased[0].attempts), (1, 1));
    assert_eq!(leased[0].stop.as_deref(), Some("https://review.example/stop"));
    assert!(mails::lease(&db, Timestamp(99), Timestamp(200), 5).await.unwrap().is_empty());
    mails::failed(&db, leased[0].id, "no server", Timestamp(300), Timestamp(20)).await.unwrap();
    assert_eq!(mails::waiting(&db).await.unwrap(), (1, Some("no server".into())));
    let again = mails::lease(&db, Timestamp(300), Timestamp(400), 5).await.unwrap();
    assert_eq!(again[0].attempts, 2);
    mails::sent(&db, again[0].id, Timestamp(301)).await.unwrap();
    assert_eq!(mails::waiting(&db).await.unwrap(), (0, None));
    assert_eq!(mails::next_due(&db).await.unwrap(), None);
});

promise!(urgent_mails_go_first_and_beside_the_others, |db, test| {
    for (to, urgent) in [("a@x.org", false), ("b@x.org", true), ("c@x.org", false)] {
        let draft = mails::Draft { recipient: to.into(), urgent, ..Default::default() };
        mails::put(&db, &draft, Timestamp(10)).await.unwrap();
    }
    let lease = async |lane, size| {
        let leased = mails::lease_of(&db, lane, Timestamp(10), Timestamp(20), size).await.unwrap();
        let to: Vec<_> = leased.iter().map(|mail| mail.recipient.clone()).collect();
        for mail in leased {
            mails::give_back(&db, mail.id, Timestamp(10)).await.unwrap();
        }
        to.join(" ")
    };
    assert_eq!(lease(mails::Lane::Any, 2).await, "b@x.org a@x.org");
    assert_eq!(lease(mails::Lane::Urgent, 9).await, "b@x.org");
    assert_eq!(lease(mails::Lane::Other, 9).await, "a@x.org c@x.org");
    let leased = mails::lease_of(&db, mails::Lane::Urgent, Timestamp(10), Timestamp(20), 9).await.unwrap();
    assert_eq!(leased[0].attempts, 1, "what was given back was not tried");
    assert_eq!(mails::next_due_of(&db, mails::Lane::Urgent).await.unwrap(), Some(Timestamp(20)));
    assert_eq!(mails::next_due_of(&db, mails::Lane::Other).await.unwrap(), Some(Timestamp(10)));
});

promise!(mails_that_are_given_up_stay_with_their_fault, |db, test| {
    for to in ["a@example.org", "b@example.org"] {
        mails::put(&db, &mails::Draft { recipient: to.into(), ..Default::default() }, Timestamp(10)).await.unwrap();
    }
    let leased = mails::lease(&db, Timestamp(10), Timestamp(20), 5).await.unwrap();
    mails::given_up(&db, leased[0].id, "no such user", Timestamp(30)).await.unwrap();
    let rest = mails::lease(&db, Timestamp(99), Timestamp(200), 5).await.unwrap();
    assert_eq!(rest.iter().map(|mail| mail.id).collect::<Vec<_>>(), [leased[1].id]);
    assert_eq!(mails::waiting(&db).await.unwrap(), (1, None));
    assert_eq!(mails::next_due(&db).await.unwrap(), Some(Timestamp(200)));
    assert_eq!(mails::lost(&db, Timestamp(30)).await.unwrap(), (1, Some("no such user".into())));
    assert_eq!(mails::lost(&db, Timestamp(31)).await.unwrap(), (0, None));
});

promise!(settings_come_back, |db, test| {
    assert_eq!(settings::get::<Vec<String>>(&db, "k").await.unwrap(), None);
    settings::put(&db, "k", &["a".to_owned()], NOW).await.unwrap();
    let before = changes::newest(&db).await.unwrap();
    settings::put(&db, "k", &["a".to_owned()], NOW).await.unwrap();
    assert_eq!(changes::newest(&db).await.unwrap(), before);
    assert_eq!(settings::get::<Vec<String>>(&db, "k").await.unwrap(), Some(vec!["a".to_owned()]));
    // A note is stored and stored again, and nobody is told.
    for note in [1, 2] {
        settings::note(&db, "n", &note, NOW).await.unwrap();
        assert_eq!(settings::get::<i64>(&db, "n").await.unwrap(), Some(note));
    }
    assert_eq!(changes::newest(&db).await.unwrap(), before);
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
