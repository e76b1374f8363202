//! How often articles are read: robots, prefetches and reloads don't count.

use crate::services::{Site, site::counters::Tally};
use crate::{
    domain::ArticleId,
    storage::{StorageError, views},
};

/// The readings that are not written yet.
pub type Reads = Tally<ArticleId>;

/// Parts of the names of programs that are no readers.
const ROBOTS: &[&str] = &[
    "bot",
    "crawl",
    "spider",
    "slurp",
    "http",
    "curl",
    "wget",
    "python",
    "headless",
    "lighthouse",
    "monitor",
    "preview",
    "scan",
    "feed",
    "reader/",
];

/// Whether a program's name is that of a robot; browsers always have one.
pub fn is_robot(agent: &str) -> bool {
    let agent = agent.to_ascii_lowercase();
    agent.is_empty() || ROBOTS.iter().any(|part| agent.contains(part))
}

/// Writes what was counted; where the database is away it waits for the next time.
pub async fn write(site: &Site) -> Result<usize, StorageError> {
    let counts = site.reads.take();
    let written = views::add(&site.db, &counts, site.now()).await;
    site.reads.settle(counts, written)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";

    #[test]
    fn robots_are_known_by_their_names() {
        for robot in ["", "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.5", "HeadlessChrome/140"] {
            assert!(is_robot(robot), "{robot}");
        }
        for browser in
            [CHROME, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"]
        {
            assert!(!is_robot(browser), "{browser}");
        }
    }
}
