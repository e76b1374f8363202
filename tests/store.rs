//! The media store, as a folder and as a bucket: the same site on both.
#![cfg(feature = "ssr")]

mod common;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Query, Request, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use common::{NOON, TestDb, TestSite, sqlite};
use pressroom::{
    domain::time::Timestamp,
    http::router::app,
    services::{
        Site,
        operations::{backup, builds, doctor},
    },
    store::Store,
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};
use tower::ServiceExt;

/// A service that keeps objects by name, as S3's interface has it: PUT, GET, HEAD,
/// ListObjectsV2, DeleteObjects. Refuses who doesn't sign.
#[derive(Clone, Default)]
struct Bucket(Arc<Mutex<BTreeMap<String, Bytes>>>);

impl Bucket {
    async fn start(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = Router::new().fallback(answer).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        format!("http://{address}")
    }

    fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }
}

async fn answer(
    State(bucket): State<Bucket>,
    Query(query): Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    let signed = request.headers().get(header::AUTHORIZATION).is_some_and(|value| {
        value.to_str().is_ok_and(|v| v.starts_with("AWS4-HMAC-SHA256 Credential=reader/") && v.contains("/here/s3/"))
    });
    if !signed {
        return StatusCode::FORBIDDEN.into_response();
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 100_000_000).await.unwrap();
    let name = parts.uri.path().strip_prefix("/pictures").unwrap().trim_start_matches('/').to_owned();
    let mut objects = bucket.0.lock().unwrap();
    match parts.method {
        Method::PUT => {
            if objects.insert(name, body).is_some() {
                // A file never changes under its name, so nobody has to send it twice.
                return StatusCode::CONFLICT.into_response();
            }
            [(header::ETAG, "\"1\"")].into_response()
        }
        Method::GET if query.contains_key("list-type") => {
            let found = objects.iter().filter(|(name, _)| name.starts_with(&query["prefix"]));
            let contents: String = found
                .map(|(name, bytes)| {
                    let size = bytes.len();
                    format!("<Contents><Key>{name}</Key><LastModified>2026-11-22T10:00:00.000Z</LastModified><ETag>\"1\"</ETag><Size>{size}</Size></Contents>")
                })
                .collect();
            format!("<?xml version=\"1.0\"?><ListBucketResult><Name>pictures</Name><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>").into_response()
        }
        Method::GET | Method::HEAD => match objects.get(&name) {
            Some(bytes) => {
                let head = [(header::ETAG, "\"1\""), (header::LAST_MODIFIED, "Sun, 22 Nov 2026 10:00:00 GMT")];
                (head, bytes.clone()).into_response()
            }
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Method::POST if query.contains_key("delete") => {
            let text = String::from_utf8(body.to_vec()).unwrap();
            let mut gone = String::new();
            for key in text.split("<Key>").skip(1) {
                let key = key.split("</Key>").next().unwrap();
                objects.remove(key).unwrap();
                gone += &format!("<Deleted><Key>{key}</Key></Deleted>");
            }
            format!("<?xml version=\"1.0\"?><DeleteResult>{gone}</DeleteResult>").into_response()
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

async fn get(site: &Site, path: &str) -> (StatusCode, String, Bytes) {
    let request = Request::builder().uri(path).body(Body::empty()).unwrap();
    let (parts, body) = app(site.clone()).router.oneshot(request).await.unwrap().into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
    (parts.status, kind, to_bytes(body, 100_000_000).await.unwrap())
}

async fn in_a_bucket(bucket: &Bucket, database: &TestDb) -> TestSite {
    let mut test = TestSite::new(database).await;
    let mut config = test.site.config.clone();
    config.media.url = "s3://pictures/review".into();
    config.media.endpoint = bucket.start().await;
    config.media.region = "here".into();
    config.media.access_key = "reader".into();
    config.media.secret_key = "secret".into();
    test.site = Site::open(config, test.hands.clock()).await.unwrap();
    test
}

#[tokio::test]
async fn pictures_live_in_a_bucket_as_in_a_folder() {
    let bucket = Bucket::default();
    let database = sqlite();
    let test = in_a_bucket(&bucket, &database).await;
    test.write("authors/anna.md", "---\nname: Anna\n---\n");
    std::fs::copy("content/pictures/atlantic-globe.jpg", test.folder.path().join("content/globe.jpg")).unwrap();
    test.write(
        "articles/pictured.md",
        "---\ntitle: Pictured\nsection: world\nauthors: [anna]\npublished: 2026-11-01T10:00:00Z\npicture: globe.jpg\npicture_alt: A globe\n---\nText.\n",
    );
    let report = test.import().await;
    assert!(report.notes.is_empty(), "{report}");
    let names = bucket.names();
    assert!(names.len() > 10 && names.iter().all(|name| name.starts_with("review/")), "{names:?}");
    let made = names.iter().find(|name| name.ends_with("-320.webp")).unwrap().clone();
    let path = made.replace("review/", "/media/");
    let (status, kind, bytes) = get(&test.site, &path).await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "image/webp"));
    // What is there is not sent again.
    test.site.store.keep(made.strip_prefix("review/").unwrap(), bytes.clone()).await.unwrap();
    // What is missing is made again of the original.
    bucket.0.lock().unwrap().remove(&made).unwrap();
    let (status, _, again) = get(&test.site, &path).await;
    assert!(status == StatusCode::OK && again == bytes);
    assert_eq!(get(&test.site, &format!("/media/{}.jpg", "0".repeat(64))).await.0, StatusCode::NOT_FOUND);
    let findings = doctor::examine(&test.site).await;
    let store = findings.iter().find(|finding| finding.what == "media store").unwrap();
    assert!(
        matches!(&store.state, doctor::State::Good(line) if line.starts_with("s3://pictures/review")),
        "{:?}",
        store.state
    );
    // A back-up of the bucket goes into a folder.
    let file = test.folder.path().join("review.tar");
    backup::take(&test.site, &file).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let into = sqlite();
    let config = common::config(elsewhere.path(), &into.url);
    let summary = backup::restore(&config, &file, Timestamp(NOON)).await.unwrap();
    assert_eq!(summary.pictures, 1);
    // Without the right key nothing is shown and nothing is said of the inside.
    let mut config = test.site.config.clone();
    config.media.access_key = "somebody".into();
    let stranger = Site::open(config, test.hands.clock()).await.unwrap();
    let (status, _, body) = get(&stranger, &path).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!String::from_utf8_lossy(&body).contains("s3://"));
}

#[tokio::test]
async fn the_last_builds_stay_within_reach() {
    let bucket = Bucket::default();
    let (one, two) = (sqlite(), sqlite());
    let (in_folder, in_bucket) = (TestSite::new(&one).await, in_a_bucket(&bucket, &two).await);
    for (site, kept) in [(&in_folder.site, true), (&in_bucket.site, false)] {
        for build in 0..7 {
            let files = vec![
                ("pressroom.js".to_owned(), Bytes::from(format!("// {build}"))),
                ("fonts/a.woff2".to_owned(), Bytes::from_static(b"font")),
            ];
            builds::keep(&site.store, &format!("{build:012x}"), files).await.unwrap();
        }
        let last = get(site, "/pkg/000000000006/pressroom.js").await;
        assert_eq!(
            (last.0, last.1.as_str(), &*last.2),
            (StatusCode::OK, "text/javascript; charset=utf-8", &b"// 6"[..])
        );
        assert_eq!(get(site, "/pkg/000000000006/fonts/a.woff2").await.1, "font/woff2");
        for bad in
            ["/pkg/000000000006/nothing.js", "/pkg/../secrets/x.js", "/pkg/000000000006/%2e%2e/x.js", "/pkg/..%2f/x.js"]
        {
            assert_eq!(get(site, bad).await.0, StatusCode::NOT_FOUND, "{bad}");
        }
        let left = site.store.folders("builds").await.unwrap();
        // All came at the same moment there, so the one that came last is kept besides.
        assert!(left.len() == 5 || (!kept && left.len() == 6), "{left:?}");
        if kept {
            assert_eq!(get(site, "/pkg/000000000000/pressroom.js").await.0, StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn a_store_says_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let mut media = common::config(folder.path(), &sqlite().url).media;
    media.url = folder.path().join("file/below").display().to_string();
    let store = Store::open(&media).unwrap();
    assert_eq!(store.read("a").await.unwrap(), None);
    assert!(store.keep("a", Bytes::from_static(b"a")).await.unwrap_err().to_string().contains("file/below"));
    assert!(store.test().await.is_err());
}
