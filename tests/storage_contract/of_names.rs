//! Addresses: sections, topics, authors, pages, redirects.

use super::*;

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

promise!(pages_are_published_and_taken_down, |db, test| {
    pages::save(&db, &page("about"), NOW).await.unwrap();
    assert!(pages::set_status(&db, &slug("about"), Status::Removed, NOW).await.unwrap());
    assert_eq!(pages::by_slug(&db, &slug("about")).await.unwrap().unwrap().status, Status::Removed);
    assert!(pages::titles(&db, &[slug("about")]).await.unwrap().is_empty());
    // What the act wrote is the last revision: the same again is a change back.
    assert_eq!(pages::save(&db, &page("about"), NOW).await.unwrap().1, Saved::Changed);
    assert!(!pages::set_status(&db, &slug("none"), Status::Removed, NOW).await.unwrap());
});
