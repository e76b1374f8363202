//! Clicks on the share rows.

use super::*;
use pressroom::{domain::share::Service, storage::shares};

promise!(clicks_are_added_up_by_day_and_service, |db, test| {
    let world = section(&db, "world", None).await;
    let a = saved(&db, &draft("a", world, 5)).await;
    let b = saved(&db, &draft("b", world, 5)).await;
    let gone = ArticleId(9_999);
    let day = |n: i64| NOW.plus(n * Timestamp::DAY);
    shares::add(&db, &[((a, Service::Twitter), 2), ((gone, Service::Twitter), 5)], day(-40)).await.unwrap();
    shares::add(&db, &[((a, Service::Twitter), 1), ((b, Service::CopyLink), 4)], day(-1)).await.unwrap();
    shares::add(&db, &[((a, Service::Twitter), 1), ((a, Service::Email), 1)], day(-1)).await.unwrap();
    shares::add(&db, &[], day(0)).await.unwrap();
    let sorted = async |since, most| {
        let mut rows = shares::since(&db, since, most).await.unwrap();
        rows.sort_by_key(|(article, service, _)| (article.0, service.as_str()));
        rows
    };
    let newest = [(a, Service::Email, 1), (a, Service::Twitter, 2), (b, Service::CopyLink, 4)];
    assert_eq!(sorted(day(-30), 50).await, newest);
    assert_eq!(sorted(day(-30), 1).await, newest[2..], "the most shared one");
    assert_eq!(sorted(day(-40), 50).await[1], (a, Service::Twitter, 4));
    assert!(sorted(day(0), 50).await.is_empty());
});
