//! Imports go down only: reads the `use crate::…` and `crate::…` of every file
//! and fails on one that climbs.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each floor with what it may use. `assets`, `calendar`, `config` and `store` stand at
/// the bottom beside the domain.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("assets", &[]),
    ("calendar", &["domain"]),
    ("config", &["domain", "calendar"]),
    ("store", &["config"]),
    ("storage", &["domain"]),
    ("search", &[]),
    ("services", &["domain", "assets", "calendar", "config", "search", "storage", "store"]),
    ("api", &["domain", "services"]),
    ("islands", &["domain", "api"]),
    ("components", &["domain", "assets", "calendar", "islands"]),
    ("pages", &["domain", "assets", "calendar", "services", "islands", "components"]),
    ("http", &["domain", "assets", "calendar", "config", "services", "api", "pages"]),
    ("cli", &["domain", "assets", "calendar", "config", "services", "http"]),
];

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            files(&entry, into);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            into.push(entry);
        }
    }
}

/// The floors that a source names after `crate::`, braces included.
fn named(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => names.push(std::mem::take(&mut name)),
                    c if depth == 0 => name.push(c),
                    _ => {}
                }
            }
            names.push(name);
        } else {
            names.push(rest.to_owned());
        }
    }
    let first =
        |name: &String| name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    names.iter().map(first).filter(|name| !name.is_empty()).collect()
}

fn climbs(floor: &str, source: &str) -> Vec<String> {
    let allowed = FLOORS.iter().find(|(name, _)| *name == floor).map(|(_, allowed)| *allowed).unwrap();
    named(source)
        .into_iter()
        .filter(|name| name != floor && FLOORS.iter().any(|(f, _)| f == name) && !allowed.contains(&name.as_str()))
        .collect()
}

#[test]
fn imports_go_down_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    let mut faults = Vec::new();
    for file in all {
        let inside = file.strip_prefix(&src).unwrap();
        let floor = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        if floor == "lib" || floor == "main" {
            continue;
        }
        assert!(FLOORS.iter().any(|(name, _)| *name == floor), "{floor} is on no floor: add it to this test");
        let source = fs::read_to_string(&file).unwrap();
        faults.extend(climbs(&floor, &source).into_iter().map(|name| format!("{} uses {name}", inside.display())));
    }
    assert!(faults.is_empty(), "imports that climb:\n{}", faults.join("\n"));
}

#[test]
fn a_climbing_import_is_found() {
    assert_eq!(climbs("storage", "use crate::{domain::x, services::{a, b}};"), ["services"]);
    assert_eq!(climbs("domain", "let x = crate::storage::y();"), ["storage"]);
    assert!(climbs("http", "use crate::{pages, services::Site};").is_empty());
}

#[test]
fn sql_lives_in_storage_alone() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&src, &mut all);
    for file in all.iter().filter(|f| !f.starts_with(src.join("storage"))) {
        let source = fs::read_to_string(file).unwrap();
        for word in ["sqlx::", "SELECT ", "INSERT INTO", "DELETE FROM"] {
            assert!(!source.contains(word), "{} holds {word}", file.display());
        }
    }
}
