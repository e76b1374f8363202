//! Lists of readers on the command line: what it says, and with which code it ends.

use super::*;

impl Place {
    fn readers(&self, name: &str, text: &str, more: &[&str]) -> (Option<i32>, String) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
        let output = self.run(&[&["newsletter", "import", name, "--list", "breaking"], more].concat());
        (output.status.code(), text_of_program(&output))
    }
}

/// What the program said itself, without its log.
fn text_of_program(output: &Output) -> String {
    text(&output.stderr)
        .lines()
        .filter(|line| !line.starts_with('{'))
        .fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn a_list_of_readers_says_what_became_of_its_lines() {
    let place = Place::new(&sqlite());
    let beehiiv = "email,status,unsubscribed_at\nstays@example.org,active,\nleft@example.org,inactive,2024-03-13 11:33:53 UTC\nasked@example.org,pending,\n";
    let said = "1 came in, 0 were known already and stay as they stand\nleft out: 1 inactive, 1 pending\n";
    assert_eq!(place.readers("beehiiv.csv", beehiiv, &[]), (Some(0), said.into()));
    let mailchimp = "Email Address,First Name,UNSUB_TIME\nleft2@example.org,Ann,2018-07-23 12:19:27\n";
    let said = "0 came in, 0 were known already and stay as they stand\nleft out: 1 unsubscribed\n";
    assert_eq!(place.readers("unsubscribed.csv", mailchimp, &[]), (Some(0), said.into()));
    let said = "1 came in, 1 were known already and stay as they stand\n\
         2 lines hold no address that can be written to (the first: 3, 4)\n";
    let list = "Email\nnew@example.org\nnobody\nnobody either\nSTAYS@example.org\n";
    assert_eq!(place.readers("list.csv", list, &[]), (Some(3), said.into()));
    let plans = "email,plan status\nfree@example.org,free\npaid@example.org,paid\n";
    let (code, said) = place.readers("plans.csv", plans, &[]);
    assert_eq!((code, said.lines().count()), (Some(1), 1), "{said}");
    assert!(
        said.contains("plans.csv") && said.contains("“free”, “paid”") && said.contains("--ignore-status"),
        "{said}"
    );
    let (code, said) = place.readers("plans.csv", plans, &["--status-column", "plan status=paid"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("1 came in") && said.contains("left out: 1 of another status than asked for"), "{said}");
    assert_eq!(place.readers("plans.csv", plans, &["--status-column", "paid"]).0, Some(2));
    assert!(place.readers("plans.csv", plans, &["--ignore-status"]).1.starts_with("1 came in, 1 were known"));
    let out = text(&place.done(&["newsletter", "export"]).stdout);
    let here: Vec<&str> = out.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(here, ["stays@example.org", "new@example.org", "paid@example.org", "free@example.org"]);
    assert!(out.contains("beehiiv.csv, line 2"), "{out}");
}

#[test]
fn the_doctor_asks_for_the_postal_address() {
    let place = Place::new(&sqlite());
    let toml = text(&place.done(&["settings", "export"]).stdout);
    let without: Vec<&str> = toml.lines().filter(|line| !line.starts_with("postal_address")).collect();
    assert!(without.len() < toml.lines().count(), "the demo edition has one");
    std::fs::write(place.folder.path().join("edition.toml"), without.join("\n")).unwrap();
    place.done(&["settings", "import", "edition.toml"]);
    let said = text(&place.done(&["doctor"]).stdout);
    assert!(said.contains("note  letters: No letter leaves without the postal address"), "{said}");
    place.readers("a.txt", "ann@example.org\n", &[]);
    let output = place.run(&["doctor"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("BAD   letters: No letter leaves"), "{}", text(&output.stdout));
    let status = text(&place.done(&["newsletter", "status"]).stdout);
    assert!(status.contains("CAN-SPAM"), "{status}");
}
