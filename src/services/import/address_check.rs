//! Asks the running site for the addresses of an archive, as a reader with an old bookmark
//! would.

use super::report::{Of, OldAddress};
use futures_util::{StreamExt, stream};
use reqwest::{Client, Response, StatusCode, Url, redirect::Policy};
use std::{collections::BTreeMap, time::Duration};

/// So many addresses are asked for at the same time.
const AT_ONCE: usize = 8;
const PATIENCE: Duration = Duration::from_secs(30);

/// What stands at an old address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Something, at this very address: 200.
    Here,
    /// It leads for good to where something stands: 301.
    Moved,
    /// Nothing, and why.
    Lost(String),
    /// Nothing, because it never came in: a picture that could not be had.
    NotHad(String),
}

/// How many addresses of a kind are how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// 200.
    pub here: usize,
    /// 301.
    pub moved: usize,
    /// Lost.
    pub lost: usize,
    /// Never came in.
    pub not_had: usize,
}

/// What was found, by kind, and each address at which there is nothing.
#[derive(Debug, Default)]
pub struct Answers {
    /// The sums.
    pub counts: BTreeMap<Of, Counts>,
    /// Lost ones: the path and why.
    pub lost: Vec<(String, String)>,
}

/// Asks the site that answers at `base` (scheme, host and port). `progress` is told how
/// many have been asked for.
pub async fn check(
    base: &str,
    addresses: &[OldAddress],
    mut progress: impl FnMut(usize),
) -> Result<Answers, reqwest::Error> {
    crate::store::choose_tls();
    let client = Client::builder().redirect(Policy::none()).timeout(PATIENCE).no_proxy().build()?;
    // A site that is not there has lost nothing.
    client.get(base).send().await?;
    let mut answers = Answers::default();
    let mut asked = stream::iter(addresses)
        .map(async |address| match &address.missing {
            Some(why) => (address, Found::NotHad(why.clone())),
            None => (address, ask(&client, base, address).await),
        })
        .buffered(AT_ONCE);
    let mut done = 0;
    while let Some((address, found)) = asked.next().await {
        let counts = answers.counts.entry(address.of).or_default();
        match found {
            Found::Here => counts.here += 1,
            Found::Moved => counts.moved += 1,
            Found::NotHad(_) => counts.not_had += 1,
            Found::Lost(why) => {
                counts.lost += 1;
                answers.lost.push((address.path.clone(), why));
            }
        }
        done += 1;
        progress(done);
    }
    Ok(answers)
}

/// Why an answer is not what stood there: readers of a feed can't do with a page.
fn wrong(of: Of, answer: &Response) -> Option<String> {
    let kind =
        answer.headers().get(reqwest::header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    (of == Of::Feed && !kind.contains("xml")).then(|| format!("it was a feed, and is {kind} now"))
}

async fn ask(client: &Client, base: &str, address: &OldAddress) -> Found {
    let Ok(url) = Url::parse(&format!("{base}{}", address.path)) else { return Found::Lost("is no address".into()) };
    let answer = match client.get(url.clone()).send().await {
        Ok(answer) => answer,
        Err(error) => return Found::Lost(error.without_url().to_string()),
    };
    let status = answer.status();
    if status.is_success() {
        return wrong(address.of, &answer).map_or(Found::Here, Found::Lost);
    }
    if ![StatusCode::MOVED_PERMANENTLY, StatusCode::PERMANENT_REDIRECT].contains(&status) {
        return Found::Lost(format!("the site answers {}", status.as_u16()));
    }
    let to = answer.headers().get(reqwest::header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
    let Ok(target) = url.join(to) else { return Found::Lost(format!("it leads to “{to}”, which is no address")) };
    match client.get(target).send().await {
        Ok(answer) if answer.status().is_success() => wrong(address.of, &answer).map_or(Found::Moved, Found::Lost),
        Ok(answer) => Found::Lost(format!("it leads to {to}, which answers {}", answer.status().as_u16())),
        Err(error) => Found::Lost(error.without_url().to_string()),
    }
}
