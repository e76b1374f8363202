//! Every table has something that bounds it, and it is written down.

use super::*;
use std::collections::BTreeSet;

promise!(every_table_stands_in_the_list_with_what_bounds_it, |db, test| {
    const SQLITE: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    const POSTGRES: &str =
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'";
    let found: Vec<(String,)> = db.all(db.pick(SQLITE, POSTGRES), Vec::new()).await.unwrap();
    // The library's own record of migrations.
    let found: BTreeSet<String> =
        found.into_iter().map(|(name,)| name).filter(|name| name != "_sqlx_migrations").collect();
    assert!(found.len() > 30, "{found:?}");
    let text = include_str!("../../ARCHITECTURE.md");
    let (_, list) = text.split_once("## Tables\n").expect("a chapter on tables");
    let list = list.split("\n## ").next().unwrap();
    let rows = list.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let listed: BTreeSet<String> = rows
        .inspect(|(name, bound)| assert!(bound.trim_end_matches(" |").len() > 3, "what bounds {name}?"))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert_eq!(found.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "not in ARCHITECTURE.md");
    assert_eq!(listed.difference(&found).collect::<Vec<_>>(), Vec::<&String>::new(), "no table any more");
});
