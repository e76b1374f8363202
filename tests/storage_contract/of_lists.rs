//! Lists by keyset, and what may stand in them.

use super::*;

// A planner that goes by the time reads a whole archive to find five picks. PostgreSQL
// has statistics, and rightly reads a table of four lines whole: SQLite tells its plan.
promise!(picks_are_found_by_their_own_index, |db, test| {
    if test.url.starts_with("sqlite") {
        let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", lists::PICKS));
        let plan: Vec<(i64, i64, i64, String)> = db.all(sql, vec![NOW.into(), 5_i64.into()]).await.unwrap();
        assert!(plan.iter().any(|(.., step)| step.contains("INDEX articles_picked")), "{plan:?}");
    }
});

promise!(a_list_is_paged_both_ways_without_gaps, |db, test| {
    let world = section(&db, "world", None).await;
    let other = section(&db, "other", None).await;
    let one = topic(&db, "one", None).await;
    let anna = author(&db, "anna").await;
    for n in 0..9_i64 {
        // Three of each moment: the row decides between them.
        let place = if n == 4 { other } else { world };
        let draft =
            articles::Draft { topics: vec![one], authors: vec![anna], ..draft(&format!("a{n}"), place, 100 + n / 3) };
        saved(&db, &draft).await;
    }
    let span = Span::until(NOW);
    for (shelf, count) in
        [(Shelf::News, 9), (Shelf::Section(world), 8), (Shelf::Topic(one), 9), (Shelf::Author(anna), 9)]
    {
        let mut window = Window::Newest;
        let mut forward = Vec::new();
        let last = loop {
            let page = lists::page(&db, shelf, span, window, 2).await.unwrap();
            forward.extend(page.items.iter().map(|i| i.id));
            match page.older {
                Some(older) => window = Window::Before(older),
                None => break page,
            }
        };
        assert_eq!(forward.len(), count, "{shelf:?}");
        assert!(forward.is_sorted_by(|a, b| a > b), "{shelf:?}: {forward:?}");
        let mut backward: Vec<_> = last.items.iter().rev().map(|i| i.id).collect();
        let mut newer = last.newer;
        while let Some(place) = newer {
            let page = lists::page(&db, shelf, span, Window::After(place), 2).await.unwrap();
            backward.extend(page.items.iter().rev().map(|i| i.id));
            newer = page.newer;
        }
        backward.reverse();
        assert_eq!(backward, forward, "{shelf:?}");
    }
    let gone = Cursor { at: Timestamp(-1), id: ArticleId(1) };
    let beyond = lists::page(&db, Shelf::News, span, Window::Before(gone), 2).await.unwrap();
    assert!(beyond.items.is_empty());
    assert_eq!(lists::newest_before(&db, Shelf::News, Timestamp(102)).await.unwrap(), Some(Timestamp(101)));
    assert_eq!(lists::newest_before(&db, Shelf::News, Timestamp(100)).await.unwrap(), None);
});

promise!(only_what_may_be_seen_is_listed, |db, test| {
    let world = section(&db, "world", None).await;
    let one = topic(&db, "one", None).await;
    for (name, status, published) in [
        ("seen", Status::Published, 10),
        ("due", Status::Scheduled, 20),
        ("to-come", Status::Scheduled, NOW.0 + 5),
        ("draft", Status::Draft, 10),
        ("review", Status::Review, 10),
        ("archived", Status::Archived, 10),
        ("removed", Status::Removed, 10),
    ] {
        let draft = articles::Draft { status, topics: vec![one], pick: Some(1), ..draft(name, world, published) };
        saved(&db, &draft).await;
    }
    for shelf in [Shelf::News, Shelf::Section(world), Shelf::Topic(one)] {
        let page = lists::page(&db, shelf, Span::until(NOW), Window::Newest, 9).await.unwrap();
        assert_eq!(names(&page.items), ["due", "seen"], "{shelf:?}");
        let later = lists::page(&db, shelf, Span::until(NOW.plus(5)), Window::Newest, 9).await.unwrap();
        assert_eq!(names(&later.items), ["to-come", "due", "seen"], "{shelf:?}");
    }
    assert_eq!(names(&lists::picks(&db, NOW, 9).await.unwrap()), ["due", "seen"]);
    assert_eq!(status::next_due(&db).await.unwrap(), Some(Timestamp(20)));
    assert_eq!(status::publish_due(&db, NOW).await.unwrap(), 1);
    assert_eq!(status::next_due(&db).await.unwrap(), Some(NOW.plus(5)));
    let due = articles::by_slug(&db, &slug("due")).await.unwrap().unwrap();
    assert_eq!((due.status, due.published), (Status::Published, Timestamp(20)));
});

promise!(a_span_cuts_a_list_at_both_ends, |db, test| {
    let world = section(&db, "world", None).await;
    for (name, at) in [("a", 10), ("b", 20), ("c", 30)] {
        saved(&db, &draft(name, world, at)).await;
    }
    let span = Span { from: Timestamp(20), until: Timestamp(30) };
    assert_eq!(names(&lists::page(&db, Shelf::News, span, Window::Newest, 9).await.unwrap().items), ["b"]);
});

promise!(related_articles_share_topics_newest_first, |db, test| {
    let world = section(&db, "world", None).await;
    let (one, two) = (topic(&db, "one", None).await, topic(&db, "two", None).await);
    let me = saved(&db, &articles::Draft { topics: vec![one, two], ..draft("me", world, 9) }).await;
    for (name, topics, at) in [("x", vec![one], 1), ("y", vec![one, two], 2), ("z", vec![two], 3), ("no", vec![], 4)] {
        saved(&db, &articles::Draft { topics, ..draft(name, world, at) }).await;
    }
    let found = lists::related(&db, me, world, &[one, two], NOW, 3).await.unwrap();
    assert_eq!(names(&found), ["z", "y", "x"]);
    assert_eq!(lists::related(&db, me, world, &[one, two], NOW, 2).await.unwrap().len(), 2);
    // Then those of the section, then any, however new.
    let other = section(&db, "other", None).await;
    saved(&db, &draft("far", other, 900)).await;
    saved(&db, &draft("near", world, 5)).await;
    let found = lists::related(&db, me, world, &[one, two], NOW, 6).await.unwrap();
    assert_eq!(names(&found), ["z", "y", "x", "near", "no", "far"]);
    let found = lists::related(&db, me, world, &[], NOW, 2).await.unwrap();
    assert_eq!((found.len(), names(&found).contains(&"me")), (2, false));
});

promise!(an_article_knows_its_lists, |db, test| {
    let world = section(&db, "world", None).await;
    let (one, anna) = (topic(&db, "one", None).await, author(&db, "anna").await);
    let a = saved(&db, &articles::Draft { topics: vec![one], authors: vec![anna], ..draft("a", world, 1) }).await;
    let later = saved(&db, &draft("later", world, NOW.0 + 1)).await;
    let mut shelves = articles::shelves(&db, a).await.unwrap();
    shelves.sort_by_key(|part| format!("{part:?}"));
    assert_eq!(shelves, [Part::Author(anna), Part::Section(world), Part::Topic(one)]);
    assert_eq!(articles::shelves(&db, later).await.unwrap(), [Part::Section(world)]);
    assert_eq!(articles::seen(&db, &[a, later, ArticleId(999)], NOW).await.unwrap(), [a]);
    assert!(articles::seen(&db, &[], NOW).await.unwrap().is_empty());
});

promise!(late_reads_weigh_more, |db, test| {
    let world = section(&db, "world", None).await;
    let (a, b, c) = (saved(&db, &draft("a", world, 1)).await, saved(&db, &draft("b", world, 2)).await, ArticleId(999));
    let hour = NOW.0 / Timestamp::HOUR;
    views::add(&db, &[(a, 10), (c, 5)], Timestamp((hour - 60) * Timestamp::HOUR)).await.unwrap();
    views::add(&db, &[(b, 1), (b, 3)], NOW).await.unwrap();
    let read = lists::most_read(&db, hour - 72, NOW, 3).await.unwrap();
    assert_eq!(names(&read), ["b", "a"], "4 × 72 outweighs 10 × 12");
});
