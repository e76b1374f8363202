//! What the search index is told: what readers may see, with all its names.

use super::*;
use pressroom::storage::search;

promise!(the_index_is_told_what_may_be_seen, |db, test| {
    let (world, policy) = (section(&db, "world", None).await, topic(&db, "policy", None).await);
    let ann = author(&db, "ann").await;
    let full = articles::Draft { authors: vec![ann], topics: vec![policy], ..draft("a", world, 5) };
    let a = saved(&db, &full).await;
    let b = saved(&db, &draft("b", world, 6)).await;
    let hidden = articles::Draft { status: Status::Draft, ..draft("hidden", world, 7) };
    let hidden = saved(&db, &hidden).await;
    let later = saved(&db, &articles::Draft { status: Status::Scheduled, ..draft("later", world, 900) }).await;
    let at = |ms| Timestamp(ms);
    let all = search::after(&db, 0, 10, at(10)).await.unwrap();
    assert_eq!(all.iter().map(|text| text.id).collect::<Vec<_>>(), [a.0, b.0]);
    let told = &all[0];
    assert_eq!((told.title.as_str(), told.body.as_str(), told.published), ("Title of a", "<p>Text</p>", 5));
    assert_eq!(
        (&told.section, &told.authors, &told.topics),
        (&(world.0, "WORLD".into()), &vec![(ann.0, "ANN".into())], &vec![(policy.0, "POLICY".into())])
    );
    assert_eq!(search::after(&db, a.0, 1, at(10)).await.unwrap()[0].id, b.0, "on from a row");
    let some = search::of(&db, &[b.0, hidden.0, later.0, 999], at(10)).await.unwrap();
    assert_eq!(some.iter().map(|text| text.id).collect::<Vec<_>>(), [b.0]);
    assert_eq!(search::of(&db, &[later.0], at(900)).await.unwrap().len(), 1, "its minute has come");
    assert!(search::of(&db, &[], at(10)).await.unwrap().is_empty());
    // Cards by rows.
    let cards = lists::of(&db, &[b.0, hidden.0, later.0], at(10)).await.unwrap();
    assert_eq!(names(&cards), ["b"]);
    assert!(lists::of(&db, &[], at(10)).await.unwrap().is_empty());
    // Who carries a name that changes, and how shelves are called.
    for (noun, row, expected) in
        [(Noun::Section, world.0, 4), (Noun::Topic, policy.0, 1), (Noun::Author, ann.0, 1), (Noun::Mail, 1, 0)]
    {
        assert_eq!(search::naming(&db, noun, row).await.unwrap().len(), expected, "{noun:?}");
    }
    let shelves = search::shelves(&db, Noun::Author, &[ann.0, 999]).await.unwrap();
    assert_eq!((shelves.len(), &shelves[&ann.0]), (1, &("ann".to_owned(), "ANN".to_owned())));
    assert_eq!(search::shelves(&db, Noun::Topic, &[policy.0]).await.unwrap().len(), 1);
    assert_eq!(search::shelves(&db, Noun::Section, &[world.0]).await.unwrap().len(), 1);
    assert!(search::shelves(&db, Noun::Mail, &[1]).await.unwrap().is_empty());
    assert!(search::shelves(&db, Noun::Topic, &[]).await.unwrap().is_empty());
    // What readers wrote: approved words alone.
    for (key, status) in [("1", "approved"), ("2", "held")] {
        let comment = comments::Draft { status: status.into(), ..said(key, Subject::Article(a)) };
        comments::save(&db, &comment, NOW).await.unwrap();
    }
    let talk = search::comments(&db, &[a.0, b.0]).await.unwrap();
    assert_eq!(talk[&a.0], ["<p>Hello</p>"]);
    assert!(!talk.contains_key(&b.0), "nobody wrote there");
});

promise!(a_change_has_a_mark, |db, test| {
    let world = section(&db, "world", None).await;
    let a = saved(&db, &draft("a", world, 5)).await;
    let newest = changes::newest(&db).await.unwrap();
    assert_eq!(changes::mark(&db, newest).await.unwrap(), Some(format!("{} article {}", NOW.0, a.0)));
    assert_eq!(changes::mark(&db, newest + 1).await.unwrap(), None);
});

promise!(a_database_is_counted_after_much_came_in, |db, test| {
    let world = section(&db, "world", None).await;
    for n in 0..20 {
        saved(&db, &draft(&format!("a-{n}"), world, n)).await;
    }
    db.take_stock().await.unwrap();
    if db.name() == "PostgreSQL" {
        let mut connection = <sqlx::PgConnection as sqlx::Connection>::connect(&test.url).await.unwrap();
        let counted: f32 = sqlx::query_scalar("SELECT reltuples FROM pg_class WHERE relname = 'articles'")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert!((counted - 20.0).abs() < 0.5, "{counted}");
    }
});
