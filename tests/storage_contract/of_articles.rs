//! Articles: what is saved, and the steps of their lives.

use super::*;

promise!(an_article_comes_back_as_it_was_saved, |db, test| {
    let world = section(&db, "world", Some(1)).await;
    let (anna, ben) = (author(&db, "anna").await, author(&db, "ben").await);
    let (one, two) = (topic(&db, "one", Some(1)).await, topic(&db, "two", None).await);
    let picture = media::Draft {
        file: "a.jpg".into(),
        width: 30,
        height: 20,
        bytes: 99,
        alt: "Alt".into(),
        caption: "Caption".into(),
        credit: "Credit".into(),
        key: "test:a".into(),
        ready: String::new(),
        focus: "30 20".parse().ok(),
    };
    let (picture, new) = media::save(&db, &picture, NOW).await.unwrap();
    assert!(new);
    let full = articles::Draft {
        kind: Kind::Analysis,
        titles: Titles { card: Some("Short".into()), ..Titles::default() },
        picture: Some(picture),
        source: Some(Source { name: "Elsewhere".into(), url: "https://example.org/x".into() }),
        language: Some("fr".into()),
        corrections: vec![Correction { at: Timestamp(5), text: "Was wrong.".into() }],
        updated: Some(Timestamp(900)),
        authors: vec![ben, anna],
        topics: vec![two, one],
        ..draft("first", world, 800)
    };
    let (id, outcome) = articles::save(&db, &full, NOW).await.unwrap();
    assert_eq!(outcome, Saved::New);
    let article = articles::by_slug(&db, &slug("first")).await.unwrap().unwrap();
    assert_eq!(article.id, id);
    assert_eq!((article.kind, article.status, article.words), (Kind::Analysis, Status::Published, 1));
    assert_eq!(article.authors.iter().map(|a| a.slug.as_str()).collect::<Vec<_>>(), ["ben", "anna"]);
    assert_eq!(article.topics.iter().map(|t| t.slug.as_str()).collect::<Vec<_>>(), ["two", "one"]);
    let shown = article.picture.unwrap();
    assert_eq!((shown.credit.as_str(), shown.focus), ("Credit", "30 20".parse().ok()));
    assert_eq!(article.source, full.source);
    assert_eq!(article.corrections, full.corrections);
    assert_eq!((article.published, article.updated), (Timestamp(800), Some(Timestamp(900))));
    assert_eq!(article.section.slug.as_str(), "world");
    assert_eq!(media::by_id(&db, picture).await.unwrap().unwrap().width, 30);
    assert_eq!(media::files(&db, "", 10).await.unwrap(), ["a.jpg"]);
    let list = lists::page(&db, Shelf::News, Span::until(NOW), Window::Newest, 5).await.unwrap();
    assert_eq!(list.items[0].title, "Short");
    assert_eq!(articles::by_slug(&db, &slug("second")).await.unwrap(), None);
    assert!(articles::any(&db).await.unwrap());
    assert_eq!(articles::count_seen(&db, NOW).await.unwrap(), 1);
});

promise!(saving_the_same_again_writes_nothing, |db, test| {
    let world = section(&db, "world", None).await;
    saved(&db, &draft("a", world, 1)).await;
    author(&db, "anna").await;
    topic(&db, "one", Some(1)).await;
    let before = changes::newest(&db).await.unwrap();
    section(&db, "world", None).await;
    author(&db, "anna").await;
    topic(&db, "one", None).await;
    assert_eq!(articles::save(&db, &draft("a", world, 1), NOW).await.unwrap().1, Saved::Same);
    assert_eq!(changes::newest(&db).await.unwrap(), before);
    let different = articles::Draft { title: "Other".into(), ..draft("a", world, 1) };
    assert_eq!(articles::save(&db, &different, NOW).await.unwrap().1, Saved::Changed);
    assert_eq!(changes::newest(&db).await.unwrap(), before + 1);
});

promise!(acts_on_an_article_change_every_list, |db, test| {
    let world = section(&db, "world", None).await;
    let one = topic(&db, "one", None).await;
    saved(&db, &articles::Draft { status: Status::Draft, topics: vec![one], ..draft("a", world, 1) }).await;
    let a = slug("a");
    assert!(status::set_status(&db, &a, Status::Published, Some(Timestamp(50)), NOW).await.unwrap());
    let list = || lists::page(&db, Shelf::Topic(one), Span::until(NOW), Window::Newest, 9);
    assert_eq!(list().await.unwrap().items[0].published, Timestamp(50));
    assert!(status::set_status(&db, &a, Status::Removed, None, NOW).await.unwrap());
    assert!(list().await.unwrap().items.is_empty());
    assert!(!status::set_status(&db, &slug("none"), Status::Removed, None, NOW).await.unwrap());
    // A removed article saved as it was before its removal is a change, not the same.
    let again = articles::Draft { status: Status::Draft, topics: vec![one], ..draft("a", world, 1) };
    assert_eq!(articles::save(&db, &again, NOW).await.unwrap().1, Saved::Changed);
});

promise!(picks_make_room_for_one_another, |db, test| {
    let world = section(&db, "world", None).await;
    for name in ["a", "b", "c"] {
        saved(&db, &draft(name, world, 1)).await;
    }
    for name in ["a", "b"] {
        assert!(status::pick(&db, &slug(name), Some(1), NOW).await.unwrap());
    }
    status::pick(&db, &slug("c"), Some(2), NOW).await.unwrap();
    assert_eq!(names(&lists::picks(&db, NOW, 9).await.unwrap()), ["b", "c", "a"]);
    status::pick(&db, &slug("b"), None, NOW).await.unwrap();
    assert_eq!(names(&lists::picks(&db, NOW, 9).await.unwrap()), ["c", "a"]);
    assert_eq!(articles::by_slug(&db, &slug("c")).await.unwrap().unwrap().pick, Some(1));
    assert!(!status::pick(&db, &slug("none"), Some(1), NOW).await.unwrap());
});

promise!(plans_are_carried_out_once_and_in_time, |db, test| {
    use status::Planned;
    let world = section(&db, "world", None).await;
    for name in ["a", "b"] {
        saved(&db, &draft(name, world, 1)).await;
    }
    assert!(status::plan(&db, &slug("a"), Planned::Unpublish, Timestamp(500), NOW).await.unwrap());
    assert!(status::plan(&db, &slug("b"), Planned::Pick, Timestamp(400), NOW).await.unwrap());
    assert!(!status::plan(&db, &slug("none"), Planned::Pick, Timestamp(400), NOW).await.unwrap());
    assert_eq!(status::next_due(&db).await.unwrap(), Some(Timestamp(400)));
    let b = articles::by_slug(&db, &slug("b")).await.unwrap().unwrap().id;
    assert_eq!(status::plans(&db, b).await.unwrap(), [("pick".to_owned(), Timestamp(400))]);
    assert_eq!(status::carry_out_plans(&db, Timestamp(399)).await.unwrap(), 0);
    assert_eq!(status::carry_out_plans(&db, Timestamp(500)).await.unwrap(), 2);
    assert_eq!(status::carry_out_plans(&db, Timestamp(500)).await.unwrap(), 0);
    assert_eq!(articles::by_slug(&db, &slug("a")).await.unwrap().unwrap().status, Status::Removed);
    assert_eq!(names(&lists::picks(&db, NOW, 9).await.unwrap()), ["b"]);
    assert_eq!(status::next_due(&db).await.unwrap(), None);
});

promise!(moments_of_publication_are_remembered, |db, test| {
    let world = section(&db, "world", None).await;
    let id = saved(&db, &draft("a", world, 10)).await;
    assert!(!articles::was_published(&db, id, Timestamp(10)).await.unwrap(), "that is how it stands");
    let at = Some(Timestamp(20));
    assert!(status::set_status(&db, &slug("a"), Status::Scheduled, at, NOW).await.unwrap());
    assert!(articles::was_published(&db, id, Timestamp(10)).await.unwrap());
    assert!(!articles::was_published(&db, id, Timestamp(30)).await.unwrap());
});
