//! What storage promises, on SQLite and on PostgreSQL alike.
#![cfg(feature = "ssr")]

mod common;

use common::{TestDb, both};
use pressroom::{
    domain::{
        ArticleId, AuthorId, SectionId, TopicId,
        article::{CommentPolicy, Correction, Kind, Source, Status, Titles},
        change::Noun,
        edition::Link,
        listing::{Cursor, Window},
        slug::Slug,
        time::Timestamp,
    },
    storage::{
        Db, StorageError, article_acts, articles,
        articles::{Body, Saved},
        authors, changes, comments, dump,
        lists::{self, Shelf, Span},
        mails, media, pages, redirects, sections, settings, topics, views,
    },
};

const NOW: Timestamp = Timestamp(1_000_000_000_000);

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

async fn section(db: &Db, name: &str, position: Option<i64>) -> SectionId {
    let draft = sections::Draft {
        slug: slug(name),
        name: name.to_uppercase(),
        description: String::new(),
        parent: None,
        position,
        key: None,
    };
    sections::save(db, &draft, NOW).await.unwrap()
}

async fn topic(db: &Db, name: &str, bar_position: Option<i64>) -> TopicId {
    let draft = topics::Draft {
        slug: slug(name),
        name: name.to_uppercase(),
        description: String::new(),
        bar_position,
        key: None,
    };
    topics::save(db, &draft, NOW).await.unwrap()
}

async fn author(db: &Db, name: &str) -> AuthorId {
    authors::save(db, &author_draft(name), NOW).await.unwrap()
}

fn author_draft(name: &str) -> authors::Draft {
    authors::Draft {
        slug: slug(name),
        name: name.to_uppercase(),
        role: "Reporter".into(),
        bio: "Writes.".into(),
        email: Some("secret@example.org".into()),
        picture: None,
        links: vec![Link { name: "Home".into(), url: "https://example.org".into() }],
        position: Some(1),
        key: Some(format!("test:{name}")),
    }
}

fn draft(name: &str, section: SectionId, published: i64) -> articles::Draft {
    articles::Draft {
        slug: slug(name),
        section,
        kind: Kind::News,
        status: Status::Published,
        title: format!("Title of {name}"),
        titles: Titles::default(),
        standfirst: "In short.".into(),
        body: Body {
            html: "<p>Text</p>".into(),
            source: "Text".into(),
            format: "markdown".into(),
            cleaner: 1,
            words: 1,
        },
        picture: None,
        source: None,
        language: None,
        comment_policy: CommentPolicy::Open,
        pick: None,
        corrections: Vec::new(),
        published: Timestamp(published),
        updated: None,
        authors: Vec::new(),
        topics: Vec::new(),
        key: None,
    }
}

async fn saved(db: &Db, draft: &articles::Draft) -> ArticleId {
    articles::save(db, draft, NOW).await.unwrap().0
}

fn names(items: &[pressroom::domain::listing::Summary]) -> Vec<&str> {
    items.iter().map(|i| i.slug.as_str()).collect()
}

/// Runs a promise on both databases.
macro_rules! promise {
    ($(#[$meta:meta])* $name:ident, |$db:ident, $test:ident| $body:block) => {
        $(#[$meta])*
        #[tokio::test]
        async fn $name() {
            for $test in both().await {
                let $db = $test.open().await;
                let _: &TestDb = &$test;
                $body
                $db.close().await;
            }
        }
    };
}

promise!(migrations_run_twice_without_harm, |db, test| {
    section(&db, "world", None).await;
    db.migrate().await.unwrap();
    assert!(sections::by_slug(&db, &slug("world")).await.unwrap().is_some());
    assert!(!db.version().await.unwrap().is_empty());
});

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
    };
    let picture = media::save(&db, &picture, NOW).await.unwrap();
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
    assert_eq!(article.picture.unwrap().credit, "Credit");
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

promise!(every_act_tells_what_it_changed_in_order, |db, test| {
    let world = section(&db, "world", None).await;
    let start = changes::newest(&db).await.unwrap();
    let a = saved(&db, &draft("a", world, 1)).await;
    pages::save(&db, &page("about"), NOW).await.unwrap();
    let news = changes::since(&db, start, 10).await.unwrap();
    assert_eq!(news.iter().map(|c| c.noun).collect::<Vec<_>>(), [Noun::Article, Noun::Page]);
    assert_eq!(news[0].row, a.0);
    assert!(news[0].id < news[1].id);
    assert_eq!(changes::since(&db, news[1].id, 10).await.unwrap(), []);
});

promise!(ids_of_changes_are_in_the_order_of_commits, |db, test| {
    // Many writers at once: whoever reads from a cursor must miss none of them.
    let world = section(&db, "world", None).await;
    let start = changes::newest(&db).await.unwrap();
    let writers = (0..8).map(|w| {
        let db = db.clone();
        tokio::spawn(async move {
            for n in 0..5 {
                saved(&db, &draft(&format!("a{w}-{n}"), world, 1)).await;
            }
        })
    });
    let writers: Vec<_> = writers.collect();
    let (mut cursor, mut seen) = (start, 0);
    while seen < 40 {
        for change in changes::since(&db, cursor, 3).await.unwrap() {
            assert!(change.id > cursor);
            cursor = change.id;
            seen += 1;
        }
        tokio::task::yield_now().await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!((seen, changes::newest(&db).await.unwrap()), (40, cursor));
});

promise!(a_sleeper_is_woken_by_another_connection, |db, test| {
    let mut wake = changes::Wake::new(&db).await.unwrap();
    let other = test.open().await;
    let waiting = tokio::spawn(async move {
        wake.wait().await.unwrap();
    });
    section(&other, "world", None).await;
    waiting.await.unwrap();
    assert!(changes::newest(&db).await.unwrap() > 0);
    other.close().await;
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
    assert_eq!(article_acts::next_due(&db).await.unwrap(), Some(Timestamp(20)));
    assert_eq!(article_acts::publish_due(&db, NOW).await.unwrap(), 1);
    assert_eq!(article_acts::next_due(&db).await.unwrap(), Some(NOW.plus(5)));
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

promise!(a_changed_address_leaves_a_redirect, |db, test| {
    let (world, tech) = (section(&db, "world", None).await, section(&db, "tech", None).await);
    let keyed = |name: &str, place| articles::Draft { key: Some("wp:1".into()), ..draft(name, place, 1) };
    saved(&db, &keyed("one", world)).await;
    saved(&db, &keyed("two", world)).await;
    saved(&db, &keyed("two", tech)).await;
    let to_tech = Some(Some("/tech/two".to_owned()));
    assert_eq!(redirects::target(&db, "/world/one").await.unwrap(), to_tech, "no reader goes through two redirects");
    assert_eq!(redirects::target(&db, "/world/two").await.unwrap(), to_tech);
    // Back again: what stands there is no redirect any more.
    saved(&db, &keyed("one", world)).await;
    assert_eq!(redirects::target(&db, "/world/one").await.unwrap(), None);
    assert_eq!(redirects::target(&db, "/tech/two").await.unwrap(), Some(Some("/world/one".into())));
    assert_eq!(articles::slug_of_key(&db, "wp:1").await.unwrap(), Some(slug("one")));
    assert_eq!(articles::key_of_slug(&db, &slug("one")).await.unwrap(), Some(Some("wp:1".into())));
    redirects::save(&db, &[("/old".into(), "/new".into()), ("/same".into(), "/same".into())], NOW).await.unwrap();
    assert_eq!(redirects::target(&db, "/old").await.unwrap(), Some(Some("/new".into())));
    assert_eq!(redirects::target(&db, "/same").await.unwrap(), None);
});

promise!(an_address_belongs_to_one_thing, |db, test| {
    let world = section(&db, "world", None).await;
    saved(&db, &articles::Draft { key: Some("wp:1".into()), ..draft("a", world, 1) }).await;
    let other = articles::Draft { key: Some("wp:2".into()), ..draft("a", world, 1) };
    assert!(matches!(articles::save(&db, &other, NOW).await, Err(StorageError::Taken(_))));
    assert!(matches!(pages::save(&db, &page("world"), NOW).await, Err(StorageError::Taken(_))));
    pages::save(&db, &page("about"), NOW).await.unwrap();
    let taken = sections::Draft { slug: slug("about"), ..section_draft() };
    assert!(matches!(sections::save(&db, &taken, NOW).await, Err(StorageError::Taken(_))));
    assert!(matches!(sections::rename(&db, &slug("world"), &slug("about"), NOW).await, Err(StorageError::Taken(_))));
});

fn section_draft() -> sections::Draft {
    sections::Draft {
        slug: slug("x"),
        name: "X".into(),
        description: String::new(),
        parent: None,
        position: None,
        key: None,
    }
}

fn page(name: &str) -> pages::Draft {
    pages::Draft {
        slug: slug(name),
        title: name.to_uppercase(),
        standfirst: String::new(),
        body: Body { html: "<p>x</p>".into(), ..Body::default() },
        status: Status::Published,
        updated: Timestamp(7),
        key: None,
    }
}

promise!(pages_come_back_and_move, |db, test| {
    let keyed = |name: &str| pages::Draft { key: Some("wp:9".into()), ..page(name) };
    assert_eq!(pages::save(&db, &keyed("about"), NOW).await.unwrap().1, Saved::New);
    assert_eq!(pages::save(&db, &keyed("about"), NOW).await.unwrap().1, Saved::Same);
    assert_eq!(pages::save(&db, &keyed("about-us"), NOW).await.unwrap().1, Saved::Changed);
    assert_eq!(redirects::target(&db, "/about").await.unwrap(), Some(Some("/about-us".into())));
    let read = pages::by_slug(&db, &slug("about-us")).await.unwrap().unwrap();
    assert_eq!((read.title.as_str(), read.updated), ("ABOUT-US", Timestamp(7)));
    pages::save(&db, &pages::Draft { status: Status::Draft, ..page("hidden") }, NOW).await.unwrap();
    let titles = pages::titles(&db, &[slug("hidden"), slug("about-us"), slug("none")]).await.unwrap();
    assert_eq!(titles, [(slug("about-us"), "ABOUT-US".to_owned())]);
    assert_eq!(pages::slug_of_key(&db, "wp:9").await.unwrap(), Some(slug("about-us")));
});

promise!(sections_and_topics_keep_their_places, |db, test| {
    section(&db, "world", Some(2)).await;
    section(&db, "tech", Some(1)).await;
    section(&db, "loose", None).await;
    // An import that knows nothing of places takes none away.
    section(&db, "world", None).await;
    let order = |list: Vec<pressroom::domain::section::Section>| {
        list.into_iter().map(|s| s.slug.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(order(sections::navigation(&db).await.unwrap()), ["tech", "world"]);
    sections::keep_in_navigation(&db, &[slug("world")], NOW).await.unwrap();
    assert_eq!(order(sections::navigation(&db).await.unwrap()), ["world"]);
    assert!(sections::rename(&db, &slug("world"), &slug("globe"), NOW).await.unwrap());
    assert!(!sections::rename(&db, &slug("world"), &slug("globe2"), NOW).await.unwrap());
    assert_eq!(redirects::target(&db, "/world").await.unwrap(), Some(Some("/globe".into())));
    topic(&db, "b", Some(2)).await;
    topic(&db, "a", Some(3)).await;
    topic(&db, "b", None).await;
    let bar: Vec<_> = topics::bar(&db).await.unwrap().into_iter().map(|t| t.slug.to_string()).collect();
    assert_eq!(bar, ["b", "a"]);
    topics::keep_in_bar(&db, &[slug("a")], NOW).await.unwrap();
    assert_eq!(topics::bar(&db).await.unwrap().len(), 1);
    assert!(topics::by_slug(&db, &slug("b")).await.unwrap().is_some());
});

promise!(authors_are_known_by_address_and_key, |db, test| {
    let id = author(&db, "anna").await;
    let anna = authors::by_slug(&db, &slug("anna")).await.unwrap().unwrap();
    assert_eq!((anna.id, anna.links.len()), (id, 1));
    assert_eq!(authors::id_of_key(&db, "test:anna").await.unwrap(), Some((id, slug("anna"))));
    assert_eq!(authors::staff(&db).await.unwrap().len(), 1);
    let renamed = authors::Draft { name: "Anna B.".into(), position: None, ..author_draft("anna") };
    assert_eq!(authors::save(&db, &renamed, NOW).await.unwrap(), id);
    assert!(authors::staff(&db).await.unwrap().is_empty());
    let world = section(&db, "world", None).await;
    let ben = author(&db, "ben").await;
    saved(&db, &articles::Draft { authors: vec![ben, id], ..draft("a", world, 1) }).await;
    let mut list = lists::page(&db, Shelf::News, Span::until(NOW), Window::Newest, 9).await.unwrap();
    lists::add_bylines(&db, &mut list.items).await.unwrap();
    let byline: Vec<_> = list.items[0].authors.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(byline, ["BEN", "Anna B."]);
});

promise!(acts_on_an_article_change_every_list, |db, test| {
    let world = section(&db, "world", None).await;
    let one = topic(&db, "one", None).await;
    saved(&db, &articles::Draft { status: Status::Draft, topics: vec![one], ..draft("a", world, 1) }).await;
    let a = slug("a");
    assert!(article_acts::set_status(&db, &a, Status::Published, Some(Timestamp(50)), NOW).await.unwrap());
    let list = || lists::page(&db, Shelf::Topic(one), Span::until(NOW), Window::Newest, 9);
    assert_eq!(list().await.unwrap().items[0].published, Timestamp(50));
    assert!(article_acts::set_status(&db, &a, Status::Removed, None, NOW).await.unwrap());
    assert!(list().await.unwrap().items.is_empty());
    assert!(!article_acts::set_status(&db, &slug("none"), Status::Removed, None, NOW).await.unwrap());
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
        assert!(article_acts::pick(&db, &slug(name), Some(1), NOW).await.unwrap());
    }
    article_acts::pick(&db, &slug("c"), Some(2), NOW).await.unwrap();
    assert_eq!(names(&lists::picks(&db, NOW, 9).await.unwrap()), ["b", "c", "a"]);
    article_acts::pick(&db, &slug("b"), None, NOW).await.unwrap();
    assert_eq!(names(&lists::picks(&db, NOW, 9).await.unwrap()), ["c", "a"]);
    assert_eq!(articles::by_slug(&db, &slug("c")).await.unwrap().unwrap().pick, Some(1));
    assert!(!article_acts::pick(&db, &slug("none"), Some(1), NOW).await.unwrap());
});

promise!(plans_are_carried_out_once_and_in_time, |db, test| {
    use article_acts::Planned;
    let world = section(&db, "world", None).await;
    for name in ["a", "b"] {
        saved(&db, &draft(name, world, 1)).await;
    }
    assert!(article_acts::plan(&db, &slug("a"), Planned::Unpublish, Timestamp(500), NOW).await.unwrap());
    assert!(article_acts::plan(&db, &slug("b"), Planned::Pick, Timestamp(400), NOW).await.unwrap());
    assert!(!article_acts::plan(&db, &slug("none"), Planned::Pick, Timestamp(400), NOW).await.unwrap());
    assert_eq!(article_acts::next_due(&db).await.unwrap(), Some(Timestamp(400)));
    let b = articles::by_slug(&db, &slug("b")).await.unwrap().unwrap().id;
    assert_eq!(article_acts::plans(&db, b).await.unwrap(), [("pick".to_owned(), Timestamp(400))]);
    assert_eq!(article_acts::carry_out_plans(&db, Timestamp(399)).await.unwrap(), 0);
    assert_eq!(article_acts::carry_out_plans(&db, Timestamp(500)).await.unwrap(), 2);
    assert_eq!(article_acts::carry_out_plans(&db, Timestamp(500)).await.unwrap(), 0);
    assert_eq!(articles::by_slug(&db, &slug("a")).await.unwrap().unwrap().status, Status::Removed);
    assert_eq!(names(&lists::picks(&db, NOW, 9).await.unwrap()), ["b"]);
    assert_eq!(article_acts::next_due(&db).await.unwrap(), None);
});

promise!(related_articles_share_topics_newest_first, |db, test| {
    let world = section(&db, "world", None).await;
    let (one, two) = (topic(&db, "one", None).await, topic(&db, "two", None).await);
    let me = saved(&db, &articles::Draft { topics: vec![one, two], ..draft("me", world, 9) }).await;
    for (name, topics, at) in [("x", vec![one], 1), ("y", vec![one, two], 2), ("z", vec![two], 3), ("no", vec![], 4)] {
        saved(&db, &articles::Draft { topics, ..draft(name, world, at) }).await;
    }
    let found = lists::sharing_topics(&db, me, &[one, two], NOW, 6).await.unwrap();
    assert_eq!(names(&found), ["z", "y", "x"]);
    assert_eq!(lists::sharing_topics(&db, me, &[one, two], NOW, 2).await.unwrap().len(), 2);
    assert!(lists::sharing_topics(&db, me, &[], NOW, 6).await.unwrap().is_empty());
});

promise!(late_reads_weigh_more, |db, test| {
    let world = section(&db, "world", None).await;
    let (a, b, c) = (saved(&db, &draft("a", world, 1)).await, saved(&db, &draft("b", world, 2)).await, ArticleId(999));
    let hour = NOW.0 / views::HOUR;
    views::add(&db, &[(a, 10), (c, 5)], Timestamp((hour - 60) * views::HOUR)).await.unwrap();
    views::add(&db, &[(b, 1), (b, 3)], NOW).await.unwrap();
    let read = lists::most_read(&db, hour - 72, NOW, 3).await.unwrap();
    assert_eq!(names(&read), ["b", "a"], "4 × 72 outweighs 10 × 12");
});

promise!(comments_are_counted_and_only_approved_ones_shown, |db, test| {
    let world = section(&db, "world", None).await;
    let a = saved(&db, &draft("a", world, 1)).await;
    let comment = |key: &str, status: &str, parent| comments::Draft {
        article: a,
        parent,
        name: "Reader".into(),
        email: Some("secret@example.org".into()),
        url: None,
        body: "<p>Hello</p>".into(),
        status: status.into(),
        at: Timestamp(5),
        key: key.into(),
    };
    let (first, written) = comments::save(&db, &comment("1", "approved", None), NOW).await.unwrap();
    assert!(written);
    assert!(!comments::save(&db, &comment("1", "approved", None), NOW).await.unwrap().1);
    comments::save(&db, &comment("2", "approved", Some(first)), NOW).await.unwrap();
    comments::save(&db, &comment("3", "held", None), NOW).await.unwrap();
    let shown = comments::approved(&db, a).await.unwrap();
    assert_eq!(shown.len(), 2);
    assert_eq!(shown[1].parent, Some(first));
    assert_eq!(articles::by_slug(&db, &slug("a")).await.unwrap().unwrap().comment_count, 2);
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

promise!(an_act_that_is_dropped_has_not_happened, |db, test| {
    let mut act = db.begin().await.unwrap();
    act.run("INSERT INTO redirects (path) VALUES ('/x')", Vec::new()).await.unwrap();
    act.changed(Noun::Redirect, 0);
    drop(act);
    assert_eq!(redirects::target(&db, "/x").await.unwrap(), None);
    assert_eq!(changes::newest(&db).await.unwrap(), 0);
});

/// What one database dumps the other reads, row for row.
#[tokio::test]
async fn a_dump_moves_between_the_databases() {
    let tests = both().await;
    let fresh = both().await;
    for (from, into) in [(&tests[0], &fresh[1]), (&tests[1], &fresh[0])] {
        let (db, other) = (from.open().await, into.open().await);
        let world = section(&db, "world", Some(1)).await;
        for n in 0..1_100 {
            saved(&db, &articles::Draft { title: format!("“{n}” \\ \n'"), ..draft(&format!("a{n}"), world, n) }).await;
        }
        let dumped = rows(&db).await;
        assert!(!dump::is_empty(&db).await.unwrap());
        assert!(dump::is_empty(&other).await.unwrap());
        let mut left = dumped.clone();
        let count = dump::write(&other, |table| Ok(next_line(&mut left, table.name)), NOW).await.unwrap();
        assert_eq!(count, dumped.len() as u64);
        assert_eq!(values(&rows(&other).await), values(&dumped));
        // The counters go on after the last row.
        assert!(saved(&other, &draft("later", world, 5)).await.0 > 1_100);
        db.close().await;
        other.close().await;
    }
}

async fn rows(db: &Db) -> Vec<(&'static str, String)> {
    let mut act = db.snapshot().await.unwrap();
    let mut all = Vec::new();
    for table in dump::TABLES {
        dump::read(&mut act, table, |line| {
            all.push((table.name, line.to_owned()));
            Ok(())
        })
        .await
        .unwrap();
    }
    all
}

fn next_line(left: &mut Vec<(&'static str, String)>, table: &str) -> Option<String> {
    let at = left.iter().position(|(name, _)| *name == table)?;
    Some(left.remove(at).1)
}

fn values(rows: &[(&'static str, String)]) -> Vec<(&'static str, serde_json::Value)> {
    rows.iter().map(|(name, line)| (*name, serde_json::from_str(line).unwrap())).collect()
}

/// A table that is added later must be dumped too.
#[tokio::test]
async fn every_table_is_dumped() {
    for test in both().await {
        let db = test.open().await;
        let sql = db.pick(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
        );
        let tables: Vec<(String,)> = db.all(sql, Vec::new()).await.unwrap();
        for (name,) in tables {
            let left_out = ["changes", "_sqlx_migrations"].contains(&name.as_str());
            assert!(left_out || dump::TABLES.iter().any(|t| t.name == name), "{name} is not dumped");
        }
        db.close().await;
    }
}
