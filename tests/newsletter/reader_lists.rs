//! Lists of readers as other programs and spreadsheets write them.

use super::Place;
use crate::common::{both, sqlite};
use pressroom::{
    services::newsletter::{
        self,
        reader_lists::{self, Brought, ImportError, Order, Reason},
    },
    storage::newsletter::subscribers,
};
use std::collections::BTreeMap;

impl Place {
    async fn bring_with(&self, name: &str, bytes: &[u8], order: Order) -> Result<Brought, ImportError> {
        let file = self.test.folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        reader_lists::import(self.site(), &file, &Order { list: "breaking".into(), ..order }).await
    }

    async fn bring(&self, name: &str, bytes: &[u8]) -> Result<Brought, ImportError> {
        self.bring_with(name, bytes, Order::default()).await
    }

    async fn addresses(&self) -> Vec<String> {
        subscribers::all(self.db(), 0, 10_000).await.unwrap().into_iter().map(|entry| entry.email).collect()
    }
}

fn status(column: &str, values: &[&str]) -> Order {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Order { status: Some((column.into(), values)), ..Order::default() }
}

fn wide(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

/// The name of a file, what stands in it, and how many lines are left out why.
type Export = (&'static str, String, Vec<(Reason, usize)>);
/// A text as the bytes of a file.
type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;

/// Every file has two readers who come in, `one@…` and `two@…`, whatever else stands in it.
#[tokio::test]
async fn exports_of_other_programs_are_understood() {
    use Reason::{
        Blocklisted, Bounced, Cleaned, Complained, Deleted, Disabled, Inactive, NoStatus, OtherLine, Pending,
        Unconfirmed, Unsubscribed,
    };
    let database = sqlite();
    let place = Place::new(&database).await;
    let mailchimp = "Email Address,First Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LAST_CHANGED,LEID,EUID,NOTES,TAGS";
    let cases: Vec<Export> = vec![
        (
            "subscribed_members_export_1.csv",
            format!(
                "{mailchimp}\none@x,One,2,\"\",\"\",\"2018-07-23 12:19:27\",192.0.2.1,\"2018-07-23 12:19:27\",1,a,,\"\"\"a\"\",\"\"b\"\"\"\ntwo@x,\"Two, the\nsecond\",2,,,2018-07-23 12:19:27,,,,2,b,,\n"
            ),
            vec![],
        ),
        (
            "mailchimp whole.csv",
            "Email Address,MEMBER_RATING,UNSUB_TIME,UNSUB_REASON,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE\none@x,2,,,,\ntwo@x,2,,,,\nleft@x,2,2018-07-23 12:19:27,,,\nwhy@x,2,,\"NORMAL\",,\ncleaned@x,1,,,2018-07-23 12:19:27,Welcome\n".into(),
            vec![(Unsubscribed, 2), (Cleaned, 1)],
        ),
        (
            "beehiiv.csv",
            "email,status,subscription_tier,unsubscribed_at\none@x,active,free,\ntwo@x,active,premium,\nc@x,inactive,free,2024-03-13 11:33:53 UTC\nd@x,pending,free,\ne@x,validating,free,\nf@x,active,free,2024-03-13 11:33:53 UTC\n".into(),
            vec![(Inactive, 1), (Pending, 2), (Unsubscribed, 1)],
        ),
        (
            "substack.csv",
            "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\none@x,false,,other,false,2021-05-03T10:00:00.000Z,\ntwo@x,true,2025-01-01T00:00:00Z,yearly,false,2021-05-03T10:00:00.000Z,\nc@x,true,,other,true,2021-05-03T10:00:00.000Z,\n".into(),
            vec![(Disabled, 1)],
        ),
        (
            "ghost.csv",
            "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\n1,one@x,One,,true,false,,2021-05-03T10:00:00.000Z,,,\n2,two@x,,\"A note from\nbob@example.org, a friend\",true,true,cus_1,2021-05-03T10:00:00.000Z,,,Gold\n3,c@x,,,false,false,,2021-05-03T10:00:00.000Z,,,\n4,d@x,,,true,false,,2021-05-03T10:00:00.000Z,2022-05-03T10:00:00.000Z,,\n".into(),
            vec![(Unsubscribed, 1), (Deleted, 1)],
        ),
        (
            "listmonk.csv",
            "uuid,email,name,attributes,status,created_at,updated_at\nu1,one@x,One,\"{\"\"city\"\": \"\"Springfield\"\"}\",enabled,2021-01-01 00:00:00.123+00,\nu2,two@x,Two,{},enabled,2021-01-01 00:00:00+00,\nu3,c@x,C,{},disabled,,\nu4,d@x,D,{},blocklisted,,\n".into(),
            vec![(Disabled, 1), (Blocklisted, 1)],
        ),
        (
            "buttondown.csv",
            "email,notes,metadata,tags,source,subscriber_type,creation_date,unsubscription_date\none@x,,{},,embedded_form,regular,2021-01-01T00:00:00Z,\ntwo@x,,{},,import,premium,2021-01-01T00:00:00Z,\nc@x,,{},,,unactivated,,\nd@x,,{},,,unsubscribed,,2022-01-01T00:00:00Z\ne@x,,{},,,undeliverable,,\nf@x,,{},,,spammy,,\n".into(),
            vec![(Unconfirmed, 1), (Unsubscribed, 1), (Bounced, 1), (Complained, 1)],
        ),
        (
            "kit.csv",
            "id,first_name,email_address,state,created_at,tags\n1,One,one@x,active,2021-01-01T00:00:00Z,\n2,Two,two@x,active,,\n3,C,c@x,cancelled,,\n4,D,d@x,bounced,,\n5,E,e@x,complained,,\n6,F,f@x,inactive,,\n".into(),
            vec![(Unsubscribed, 1), (Bounced, 1), (Complained, 1), (Inactive, 1)],
        ),
        (
            "mailerlite.csv",
            "Email,Subscribed,Opens,Status,State\none@x,2020-12-31 10:00:00,5,Active,CA\ntwo@x,12/31/2020 10:00,5,active,NY\nc@x,2020-12-31,0,Unconfirmed,CA\nd@x,2020-12-31,0,Junk,\ne@x,2020-12-31,0,,\n".into(),
            vec![(Unconfirmed, 1), (Complained, 1), (NoStatus, 1)],
        ),
        (
            "campaign monitor.csv",
            "Name,Email Address,Date Joined,Status,Consent to track\nOne,one@x,01/02/2020,Active,Yes\nTwo,two@x,01/02/2020,Active,No\nC,c@x,01/02/2020,Deleted,No\nD,d@x,01/02/2020,Unsubscribed,Unchanged\n".into(),
            vec![(Deleted, 1), (Unsubscribed, 1)],
        ),
        (
            "sendy.csv",
            "\"Name\",\"Email\",\"Joined\",\"Status\",\"Bounced\",\"Complaint\"\n\"One\",\"one@x\",\"1546300800\",\"Subscribed\",\"0\",\"0\"\n\"Two\",\"two@x\",\"1546300800\",\"Subscribed\",\"0\",\"0\"\n\"C\",\"c@x\",\"1546300800\",\"Subscribed\",\"1\",\"0\"\n\"D\",\"d@x\",\"1546300800\",\"Subscribed\",\"0\",\"1\"\n".into(),
            vec![(Bounced, 1), (Complained, 1)],
        ),
        (
            "activecampaign.csv",
            "Contact ID,Email,First Name,Status,IP Address,Subscribe Date/Time,Unsubscribe Date/Time,Bounced Hard\n1,one@x,One,Active,192.0.2.1,2020-01-01 10:00:00,,0\n2,two@x,Two,Active,,2020-01-01 10:00:00,0000-00-00 00:00:00,0\n3,c@x,C,Unconfirmed,,,,0\n4,d@x,D,Active,,,,2\n".into(),
            vec![(Unconfirmed, 1), (Bounced, 1)],
        ),
        (
            "double.csv",
            "email,confirmed_at\none@x,2020-01-01\nc@x,\ntwo@x,2020-01-01\nc@x,2020-01-01\n".into(),
            vec![(Unconfirmed, 1), (OtherLine, 1)],
        ),
        (
            "no heading.csv",
            "One,one@x,subscribed\nTwo,Two <TWO@x>,subscribed\nC,c@x,unsubscribed\n".into(),
            vec![(Unsubscribed, 1)],
        ),
        (
            "title above.csv",
            "Readers of the old site\n\nKontakt;Stadt\none@x;Köln\n\"Two\" <two@x>;Ulm\n".into(),
            vec![],
        ),
    ];
    for (n, (name, text, out)) in cases.into_iter().enumerate() {
        let text = text.replace("@x", &format!("@c{n}.org"));
        let brought = place.bring(name, text.as_bytes()).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(brought.left_out, BTreeMap::from_iter(out), "{name}");
        assert_eq!((brought.added, brought.known, brought.unread), (2, 0, 0), "{name}");
        let here = place.addresses().await;
        assert_eq!(here[2 * n..], [format!("one@c{n}.org"), format!("two@c{n}.org")], "{name}");
    }
}

#[tokio::test]
async fn a_file_is_read_in_whatever_form_it_comes() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let plain = |text: &str| text.as_bytes().to_vec();
    // Its letters stand at the same places in Latin-1.
    let western = |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>();
    let little = |text: &str| wide(text, false, true);
    let big = |text: &str| wide(text, true, true);
    let unmarked = |text: &str| wide(text, false, false);
    let cases: [(&str, &str, Encode<'_>); 13] = [
        ("Excel: BOM, semicolons, CRLF", "\u{feff}Email;Name\r\none@x;One, the first\r\ntwo@x;Zwei\r\n", &plain),
        ("a word on what parts cells", "sep=;\r\nName;Email\r\nOne;one@x\r\n;two@x\r\n", &plain),
        ("tabs", "Name\tE-mail\nOne, the first\tone@x\n\t two@x \n", &plain),
        ("UTF-16 as Excel writes it", "Email\tName\r\none@x\tÄnne\r\ntwo@x\t日本\r\n", &little),
        ("UTF-16, the other way round", "Name,Email\none,one@x\n,two@x\n", &big),
        ("UTF-16 without a mark", "email\none@x\ntwo@x\n", &unmarked),
        ("Windows-1252", "Stra\u{df}e;E-Mail-Adresse\nGr\u{fc}n;one@x\n\u{e4};two@x\n", &western),
        ("old Macs", "Email,Name\rone@x,One\rtwo@x,Two\r", &plain),
        ("padded", " Email Address , Name \n  one@x  ,  One\n\"  two@x \",Two\n", &plain),
        ("names around addresses", "Email\n\"One, the first\" <one@x>\nTwo <Two@x>\n", &plain),
        ("one a line", "one@x\ntwo@x", &plain),
        ("one a line under a heading", "Subscribers\none@x\n\n\ntwo@x\n", &plain),
        ("short and long records", "email,name\none@x\ntwo@x,b,c,d\n", &plain),
    ];
    for (n, (what, text, encode)) in cases.into_iter().enumerate() {
        let bytes = encode(&text.replace("@x", &format!("@c{n}.org")));
        let brought = place.bring("readers.csv", &bytes).await.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(brought, Brought { added: 2, ..Brought::default() }, "{what}");
        assert_eq!(place.addresses().await[2 * n..], [format!("one@c{n}.org"), format!("two@c{n}.org")], "{what}");
    }
}

#[tokio::test]
async fn what_can_not_be_told_is_refused_before_anybody_comes_in() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let tiers = "email,status\na@x.org,gold\nb@x.org,active\nc@x.org,silver\nd@x.org,unsubscribed\n";
    for (name, bytes, part) in [
        ("a.xlsx", b"PK\x03\x04\x14\x00\x06\x00a@x.org".as_slice(), "spreadsheet"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no text has"),
        ("a.csv", b"\x01\x02\x03\x04\x05 a@x.org\n", "no text has"),
        ("a.csv", b"", "no line holds"),
        ("a.csv", b"\n\n", "no line holds"),
        ("a.csv", b"name,city\nAnn,Rome\n", "“name”, “city”"), /* no address anywhere */
        ("a.csv", b"email,name\nAnn,Rome\n", "no line holds"),
        ("a.csv", b"name,a,b\nAnn,a@x.org,b@x.org\n", "no column holds addresses"),
        ("a.csv", tiers.as_bytes(), "the column “status” as “gold”, “silver”"),
        ("a.csv", b"Email,Member status\na@x.org,1\n", "“Member status” as “1”"),
        ("a.csv", b"Email,Subscribed\na@x.org,Daily\n", "“Subscribed” as “Daily”"),
        ("nonsubscribed_members_export.csv", b"Email Address,MEMBER_RATING\na@x.org,2\n", "by its name"),
        ("bounced.txt", b"a@x.org\n", "--ignore-status"),
    ] {
        let error = place.bring(name, bytes).await.expect_err(name).to_string();
        assert!(error.contains(part), "{name} {:?}: {error}", String::from_utf8_lossy(bytes));
        assert!(place.addresses().await.is_empty(), "{name}");
    }
    let error = place.bring_with("a.csv", tiers.as_bytes(), status("plan", &["gold"])).await.unwrap_err();
    assert!(error.to_string().contains("there is no column “plan”; there are: “email”, “status”"), "{error}");
    // An operator says what the words mean.
    let brought = place.bring_with("a.csv", tiers.as_bytes(), status("Status", &["Gold", " active"])).await.unwrap();
    assert_eq!((brought.added, brought.left_out), (2, BTreeMap::from([(Reason::NotAskedFor, 2)])));
    assert_eq!(place.addresses().await, ["a@x.org", "b@x.org"]);
    let order = Order { ignore_status: true, ..Order::default() };
    let brought = place.bring_with("a.csv", tiers.as_bytes(), order.clone()).await.unwrap();
    assert_eq!((brought.added, brought.known), (1, 2));
    assert_eq!(brought.left_out, BTreeMap::from([(Reason::Unsubscribed, 1)]), "who has left has left");
    assert_eq!(place.bring_with("bounced.txt", b"e@x.org\n", order).await.unwrap().added, 1);
    assert!(
        reader_lists::import(place.site(), &place.test.folder.path().join("a.csv"), &Order::default()).await.is_err()
    );
}

#[tokio::test]
async fn lines_that_can_not_be_read_are_counted_and_named() {
    let database = sqlite();
    let place = Place::new(&database).await;
    let text =
        "email,name\na@x.org,\nnobody,\n\njürgen@x.org,\nb@x.org; c@x.org,\nd@x.org,\"open\ne@x.org,\nf@x.org,\n";
    let brought = place.bring("a.csv", text.as_bytes()).await.unwrap();
    assert_eq!((brought.added, brought.unread, brought.lines), (1, 6, vec![3, 5, 6, 7]));
    // A quotation mark that swallows a whole file is no reason to read it into memory.
    let long = format!("email\n\"{}", "x".repeat(4 * 1024 * 1024));
    assert!(matches!(place.bring("a.csv", long.as_bytes()).await, Err(ImportError::Quote(2))));
    // Who left here stays so.
    subscribers::stand(place.db(), "a@x.org", pressroom::domain::newsletter::Standing::Left, place.site().now())
        .await
        .unwrap();
    let brought = place.bring("a.csv", b"email\nA@x.org\n").await.unwrap();
    assert_eq!((brought.added, brought.known), (0, 1));
    assert_eq!(subscribers::all(place.db(), 0, 1).await.unwrap()[0].standing, "left");
}

#[tokio::test]
async fn readers_come_in_and_go_out_as_tables() {
    for database in both().await {
        let place = Place::new(&database).await;
        let text = "\u{feff}Email Address,OPTIN_TIME,CONFIRM_TIME,CONFIRM_IP\r\n\"Ann@example.org\",2018-07-23 12:19:27,\
             2018-07-23 12:20:00,192.0.2.77\r\n'=cmd@example.org,,,\r\nnobody,,,\r\n\r\nann@example.org,,,\r\n";
        let order = Order { words: "Yes, write to me.".into(), ..Order::default() };
        let brought = place.bring_with("mailchimp.csv", text.as_bytes(), order).await.unwrap();
        assert_eq!((brought.added, brought.known, brought.unread), (2, 1, 1));
        let mut out = String::new();
        newsletter::csv(place.site(), |line| {
            out.push_str(line);
            Ok(())
        })
        .await
        .unwrap();
        let mut read = csv::Reader::from_reader(out.as_bytes());
        let rows: Vec<csv::StringRecord> = read.records().map(Result::unwrap).collect();
        assert_eq!(
            rows[0].iter().take(4).collect::<Vec<_>>(),
            ["ann@example.org", "confirmed", "2026-11-22T07:00:00-05:00", "breaking"]
        );
        let proof: serde_json::Value = serde_json::from_str(&rows[0][4]).unwrap();
        let proof = &proof[0];
        assert_eq!((proof["way"].as_str(), proof["source"].as_str()), (Some("file"), Some("mailchimp.csv, line 2")));
        assert_eq!(proof["asked"], "2018-07-23T08:19:27-04:00");
        assert_eq!(proof["agreed"], "2018-07-23T08:20:00-04:00");
        assert_eq!(
            (proof["address"].as_str(), proof["words"].as_str()),
            (Some("192.0.2.77"), Some("Yes, write to me."))
        );
        assert!(proof["details"].as_str().unwrap().starts_with("OPTIN_TIME: 2018-07-23 12:19:27; "), "{proof}");
        assert!(out.contains("\r\n'=cmd@example.org,"), "no formula: {out}");
        // What went out comes in again.
        let fresh = sqlite();
        let other = Place::new(&fresh).await;
        assert_eq!(other.bring("readers.csv", out.as_bytes()).await.unwrap().added, 2);
        assert_eq!(other.addresses().await, ["ann@example.org", "=cmd@example.org"]);
    }
}
