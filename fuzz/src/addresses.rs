//! Whatever the address is, looking it up among the old ones ends, with a path of this site or
//! with nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pressroom::{
    config::Config,
    domain::time::{Clock, Timestamp},
    services::{
        Site,
        articles::redirects::{self, Known},
    },
};
use std::sync::LazyLock;

/// A publication that has its sections and nothing else, in a folder of its own.
static SITE: LazyLock<(tokio::runtime::Runtime, Site)> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("pressroom-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let at = |name: &str| folder.join(name).display().to_string();
    let text = format!(
        "[database]\nurl = \"sqlite:{}\"\n[media]\nurl = {:?}\n[secrets]\nfile = {:?}\n",
        at("p.db"),
        at("media"),
        at("secrets")
    );
    let file = folder.join("fuzz.toml");
    std::fs::write(&file, text).expect("settings");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let config = Config::load(Some(&file)).expect("settings");
    let site = runtime.block_on(Site::open(config, Clock::new(|| Timestamp(1_795_348_800_000)))).expect("a site");
    (runtime, site)
});

fuzz_target!(|text: &str| {
    let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
    let path = format!("/{path}");
    let (runtime, site) = &*SITE;
    if let Known::Moved(target) = runtime.block_on(redirects::look_up(site, &path, query)).expect("an answer") {
        assert!(target.starts_with('/') && !target.starts_with("//") && !target.starts_with("/\\"), "{target}");
    }
});
