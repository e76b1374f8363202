//! What is asked, and how it is answered.

use super::{
    TestSite, article, ask,
    common::{TestDb, sqlite},
    follow, import, slugs, until,
};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use pressroom::{
    http::{Peer, router::app},
    services::{
        Site,
        search::{self, Asked, Scope, Sort},
    },
};
use std::time::Duration;
use tower::ServiceExt;

async fn archive(database: &TestDb) -> TestSite {
    let test = TestSite::new(database).await;
    article(
        &test,
        "tariff",
        "Who pays a tariff?",
        "authors: [ann-lee]\ntopics: [policy]",
        "The importer pays at the pier. Steel shelving, a container.",
    );
    article(
        &test,
        "veto",
        "Nine votes and no veto",
        "authors: [bo-ek]\ntopics: [policy]",
        "The council decides. The importer of steel abstains.",
    );
    article(
        &test,
        "cafe",
        "Un café à Paris",
        "authors: [ann-lee]",
        "Élections à Besançon: “la présidente” arrive. 美国大选结果公布。",
    );
    test.write("articles/old.md", "---\ntitle: Steel in an old year\nsection: economy\npublished: 2019-03-01T10:00:00Z\n---\nThe importer of 2019.\n");
    import(&test).await;
    test
}

async fn get(site: &Site, path: &str, address: &str) -> (StatusCode, axum::http::HeaderMap, String) {
    let mut request = Request::builder().uri(path).body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer(address.parse().unwrap()));
    let (parts, body) = app(site.clone()).router.oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, 10_000_000).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&body).into_owned())
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn words_phrases_and_filters_are_understood() {
    let database = sqlite();
    let test = archive(&database).await;
    let site = &test.site;
    let _followed = follow(site);
    until(site, "tariff", &["tariff"]).await;
    for (typed, expected) in [
        ("TARIFFS", &["tariff"][..]),
        ("\"steel shelving\"", &["tariff"]),
        ("\"shelving steel\"", &[]),
        ("importer -container -2019", &["veto"]),
        ("steel author:lee", &["tariff"]),
        ("steel author:\"Bo Ek\"", &["veto"]),
        ("steel section:economy", &["old"]),
        ("author:ek", &["veto"]),
        ("importer after:2026 author:ann", &["tariff"]),
        ("importer before:2020", &["old"]),
        ("cafe", &["cafe"]),
        ("CAFÉS elections", &["cafe"]),
        ("大选", &["cafe"]),
        ("tarif", &["tariff"]),
        ("contaimer", &["tariff"]),
        ("counsil decides", &["veto"]),
    ] {
        assert_eq!(slugs(site, typed).await, expected, "{typed}");
    }
    // The words where they stand come first, the newer before the older.
    let order = slugs(site, "importer of steel").await;
    assert_eq!(order.first().map(String::as_str), Some("veto"), "{order:?}");
    let results = ask(site, "importer").await;
    assert_eq!(results.total, 3);
    let sections: Vec<_> = results.sections.iter().map(|choice| (choice.value.as_str(), choice.count)).collect();
    assert_eq!(sections, [("world", 2), ("economy", 1)]);
    assert_eq!(results.topics.iter().map(|choice| choice.count).collect::<Vec<_>>(), [2]);
    assert_eq!(
        results.years.iter().map(|c| (c.value.as_str(), c.count)).collect::<Vec<_>>(),
        [("2026", 2), ("2019", 1)]
    );
    let asked = Asked { typed: "importer".into(), year: Some(2019), ..Asked::default() };
    assert_eq!(search::ask(site, &asked).await.unwrap().unwrap().total, 1);
    let asked = Asked { typed: "importer".into(), sort: Sort::Date, ..Asked::default() };
    let by_date = search::ask(site, &asked).await.unwrap().unwrap();
    assert_eq!(by_date.items.last().unwrap().article.slug.as_str(), "old");
    // The passage is of the text, with its words marked.
    let passage = &ask(site, "shelving").await.items[0].passage;
    let marked: Vec<_> = passage.iter().filter(|piece| piece.marked).map(|piece| piece.text.as_str()).collect();
    assert_eq!(marked, ["shelving"]);
    // Somebody who still types.
    let typed = search::as_typed(site, "who pays a tar").await.unwrap().unwrap();
    assert_eq!((typed.items[0].article.slug.as_str(), typed.total), ("tariff", Some(1)));
    // One more letter loses nothing, whatever it begins.
    let typed = search::as_typed(site, "tariff z").await.unwrap().unwrap();
    assert_eq!((typed.items[0].article.slug.as_str(), typed.total), ("tariff", Some(1)));
    assert!(search::as_typed(site, "  ").await.unwrap().unwrap().items.is_empty());
    // What the list while typing shows is on the page of results, too; and what was
    // looked for in the place of a word is said.
    for (typed, expected, instead) in
        [("vet", "veto", "veto"), ("tarrif", "tariff", "tariff"), ("contaimer", "tariff", "container")]
    {
        let results = ask(site, typed).await;
        assert_eq!(results.items[0].article.slug.as_str(), expected, "{typed}");
        assert_eq!(results.similar[0].1, [instead], "{typed}");
        assert_eq!(results.total, 1, "{typed}: what is only a little like it was not looked for");
        let while_typing = search::as_typed(site, typed).await.unwrap().unwrap();
        assert_eq!(while_typing.items[0].article.slug.as_str(), expected, "{typed}");
    }
    assert!(slugs(site, "cofe").await.is_empty(), "short words are as they are typed");
    assert_eq!(ask(site, "importer after:2026-02-31").await.no_dates, ["2026-02-31"]);
    let nothing = ask(site, "\"tariff shelving\"").await;
    assert_eq!((nothing.total, nothing.meant.as_deref()), (0, Some("tariff shelving")));
}

#[tokio::test]
async fn what_is_not_looked_for_is_explained() {
    let database = sqlite();
    let test = archive(&database).await;
    let site = &test.site;
    let _followed = follow(site);
    until(site, "tariff", &["tariff"]).await;
    let asked = async |typed: &str| {
        let asked = Asked { typed: typed.into(), ..Asked::default() };
        let results = search::ask(site, &asked).await.unwrap().unwrap();
        (results.total, results.only_without, results.operators)
    };
    assert_eq!(asked("-tariff").await, (0, true, false));
    assert_eq!(asked("-tariff -\"price tag\"").await, (0, true, false));
    assert!(asked("tariff OR nothing-like-it").await.2);
    assert!(!asked("tariff or").await.2);
    assert_eq!(asked("tariff -nonsense").await, (1, false, false));
    // One letter is the beginning of too much, and of what is like a word the likeliest alone counts.
    assert_eq!(asked("t").await.0, 0);
}

#[tokio::test]
async fn names_that_nobody_has_and_what_was_left_out_are_named() {
    let database = sqlite();
    let test = archive(&database).await;
    let site = &test.site;
    let _followed = follow(site);
    until(site, "tariff", &["tariff"]).await;
    for (typed, scope, name, meant) in [
        ("steel author:nobody", Scope::Author, "nobody", None),
        ("steel section:ekonomy", Scope::Section, "ekonomy", Some("steel section:economy")),
        ("steel topic:policies-and", Scope::Topic, "and", None),
    ] {
        let results = ask(site, typed).await;
        assert_eq!(results.total, 0, "{typed}");
        assert!(results.unknown.iter().any(|u| (u.scope, u.typed.as_str()) == (scope, name)), "{typed}: {results:?}");
        assert!(meant.is_none() || results.meant.as_deref() == meant, "{typed}: {:?}", results.meant);
        // The list while somebody types says the same.
        assert_eq!(search::as_typed(site, typed).await.unwrap().unwrap().unknown, results.unknown, "{typed}");
    }
    assert!(ask(site, "steel author:lee").await.unknown.is_empty());
    let nothing_left = ask(site, "tariff -pier").await;
    assert_eq!((nothing_left.total, nothing_left.left_out), (0, Some(("tariff".to_owned(), 1))));
    assert_eq!(ask(site, "steel -pier").await.left_out, None, "something is left");
}

#[tokio::test]
async fn another_choice_of_a_kind_can_be_made_in_the_place_of_one() {
    let database = sqlite();
    let test = archive(&database).await;
    let site = &test.site;
    let _followed = follow(site);
    until(site, "tariff", &["tariff"]).await;
    let asked = Asked { typed: "importer".into(), year: Some(2019), ..Asked::default() };
    let results = search::ask(site, &asked).await.unwrap().unwrap();
    assert_eq!(results.total, 1);
    let years: Vec<_> = results.years.iter().map(|choice| (choice.value.as_str(), choice.count)).collect();
    assert_eq!(years, [("2026", 2), ("2019", 1)], "counted as if no year were chosen");
    let sections: Vec<_> = results.sections.iter().map(|choice| (choice.value.as_str(), choice.count)).collect();
    assert_eq!(sections, [("economy", 1)], "other kinds follow the choice");
    // What is chosen is offered, whatever it leaves.
    let asked = Asked { typed: "tariff".into(), year: Some(2019), ..Asked::default() };
    let results = search::ask(site, &asked).await.unwrap().unwrap();
    assert_eq!(results.total, 0);
    assert!(results.years.iter().any(|choice| (choice.value.as_str(), choice.count) == ("2019", 0)));
}

#[tokio::test]
async fn whatever_is_typed_is_answered() {
    let database = sqlite();
    let test = archive(&database).await;
    let site = &test.site;
    let _followed = follow(site);
    until(site, "tariff", &["tariff"]).await;
    let long = "word ".repeat(2_000);
    let many: String = (0..200).map(|n| format!("w{n} ")).collect();
    let typed = [
        "",
        " ",
        "\"",
        "\"\"\"",
        "-",
        "-\"",
        "!?…—",
        "the",
        "the of and",
        "🗳️",
        "选举",
        "בחירות",
        "\u{202e}tariff",
        "a\u{0}b",
        ".*(a|b)+$",
        "'; DROP TABLE articles; --",
        "AND",
        "OR NOT",
        "AND OR NOT",
        "title:tariff",
        "after:2024-02-31 tariff",
        "before:0000",
        "after:9999-12-31",
        "author:",
        "section:\"",
        "[a TO b]",
        "tariff~2^5",
        "{}",
        "<b>tariff</b>",
        "%",
        "\\",
        &long,
        &many,
        &"x".repeat(10_000),
    ];
    for (n, typed) in typed.iter().enumerate() {
        let address = format!("198.51.100.{n}");
        for path in ["/search", "/search/typed", "/search/suggestions"] {
            let (status, _, body) = get(site, &format!("{path}?q={}", encoded(typed)), &address).await;
            assert_eq!(status, StatusCode::OK, "{path} {typed:.40}");
            let html = path != "/search/suggestions";
            assert!(!html || !body.contains("<b>tariff</b>"), "{path}: markup is shown, not taken");
        }
    }
    assert!(get(site, "/search?q=after:2024-02-31+tariff", "192.0.2.1").await.2.contains("tariff"));
    for query in [
        "q=tariff&page=0",
        "q=tariff&page=99999999999999999999",
        "q=tariff&year=-5",
        "q=tariff&section=none",
        "q=tariff&sort=",
    ] {
        assert_eq!(get(site, &format!("/search?{query}"), "192.0.2.2").await.0, StatusCode::OK, "{query}");
    }
    let (_, headers, body) = get(site, "/search/suggestions?q=tar", "192.0.2.3").await;
    assert!(headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("application/x-suggestions+json"));
    let read: (String, Vec<String>, Vec<String>, Vec<String>) = serde_json::from_str(&body).unwrap();
    assert_eq!((read.0.as_str(), read.1.as_slice()), ("tar", &["Who pays a tariff?".to_owned()][..]));
    assert!(read.3[0].ends_with("/world/tariff"));
    let page = get(site, "/search?q=importer", "192.0.2.4").await.2;
    assert!(page.contains("noindex") && page.contains("<mark>importer</mark>") && page.contains("3 articles"));
    assert!(page.contains("/search?q=importer&amp;section=economy"));
}

#[tokio::test]
async fn a_network_that_asks_too_often_waits() {
    let database = sqlite();
    let test = archive(&database).await;
    let site = &test.site;
    let _followed = follow(site);
    until(site, "tariff", &["tariff"]).await;
    for _ in 0..60 {
        assert_eq!(get(site, "/search?q=tariff", "192.0.2.9").await.0, StatusCode::OK);
    }
    let (status, headers, body) = get(site, "/search?q=tariff", "192.0.2.9").await;
    assert_eq!((status, headers[header::RETRY_AFTER].to_str().unwrap()), (StatusCode::TOO_MANY_REQUESTS, "60"));
    assert!(body.contains("many questions in a minute"));
    assert_eq!(get(site, "/search?q=tariff", "192.0.2.10").await.0, StatusCode::OK);
    test.hands.set(super::common::NOON + 61_000);
    assert_eq!(get(site, "/search?q=tariff", "192.0.2.9").await.0, StatusCode::OK);
}

/// Waits until so many articles are told for what is typed; without end where they never are.
async fn until_total(site: &Site, expected: Option<usize>) -> Vec<search::Found> {
    let mut last = None;
    for _ in 0..1_500 {
        if let Some(typed) = search::as_typed(site, "quarr").await.unwrap() {
            if typed.total == expected {
                return typed.items;
            }
            last = Some(typed);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{last:?} and not {expected:?} within half a minute");
}

#[tokio::test]
async fn texts_wait_while_somebody_types_and_headlines_are_enough() {
    let database = sqlite();
    let test = TestSite::new(&database).await;
    // One fewer than are enough, and one that has the word in its text alone.
    for n in 0..99 {
        article(&test, &format!("quarry-{n}"), &format!("Quarry number {n}"), "", "Of stone.");
    }
    article(&test, "text", "A pit", "", "It was a quarry once: quarry, quarry, quarry.");
    import(&test).await;
    let site = &test.site;
    let _followed = follow(site);
    until_total(site, Some(100)).await;
    article(&test, "quarry-99", "Quarry number 99", "", "Of stone.");
    import(&test).await;
    let items = until_total(site, None).await;
    assert_eq!(items.len(), search::SUGGESTED);
    assert!(items.iter().all(|found| found.article.slug.as_str().starts_with("quarry-")));
    let (_, _, html) = get(site, "/search/typed?q=quarr", "10.0.0.1").await;
    assert!(html.contains("See all articles"), "{html}");
    // The page of results goes through everything.
    assert_eq!(ask(site, "quarry").await.total, 101);
}
