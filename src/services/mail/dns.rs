//! What DNS says of the address that mails come from: without it providers take them for
//! forged.

use crate::config;
use hickory_resolver::{TokioResolver, proto::rr::RData};
use std::time::Duration;

/// So long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is wrong, each in a line; or why DNS could not be asked.
pub async fn faults(settings: &config::Mail) -> Result<Vec<String>, String> {
    let domain = settings.from.rsplit_once('@').map_or(settings.from.as_str(), |(_, domain)| domain);
    let resolver = TokioResolver::builder_tokio().and_then(|builder| builder.build()).map_err(|e| e.to_string())?;
    let mut faults = Vec::new();
    for record in Record::ALL {
        let Some(name) = record.name(domain, &settings.dkim_selector) else { continue };
        let texts = texts(&resolver, &name).await?;
        faults.extend(record.fault(&name, &texts));
    }
    Ok(faults)
}

/// The texts that stand at a name; none where there is no such name.
async fn texts(resolver: &TokioResolver, name: &str) -> Result<Vec<String>, String> {
    let asking = tokio::time::timeout(PATIENCE, resolver.txt_lookup(format!("{name}.")));
    match asking.await {
        Err(_) => Err("no answer in time".to_owned()),
        Ok(Err(error)) if error.is_no_records_found() => Ok(Vec::new()),
        Ok(Err(error)) => Err(error.to_string()),
        Ok(Ok(found)) => Ok(found
            .answers()
            .iter()
            .filter_map(|record| match &record.data {
                // A text is cut into pieces of 255 bytes (RFC 7208, 3.3).
                RData::TXT(text) => Some(String::from_utf8_lossy(&text.txt_data.concat()).into_owned()),
                _ => None,
            })
            .collect()),
    }
}

/// What should stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Record {
    /// Which servers may send for the domain (RFC 7208).
    Spf,
    /// The key of the signatures (RFC 6376).
    Dkim,
    /// What becomes of mails that are neither (RFC 7489).
    Dmarc,
}

impl Record {
    const ALL: [Self; 3] = [Self::Spf, Self::Dkim, Self::Dmarc];

    fn name(self, domain: &str, selector: &str) -> Option<String> {
        match self {
            Self::Spf => Some(domain.to_owned()),
            Self::Dkim => (!selector.is_empty()).then(|| format!("{selector}._domainkey.{domain}")),
            Self::Dmarc => Some(format!("_dmarc.{domain}")),
        }
    }

    fn fault(self, name: &str, texts: &[String]) -> Option<String> {
        let beginning = |start: &str| texts.iter().filter(|text| text.to_lowercase().starts_with(start)).count();
        match self {
            Self::Spf => match beginning("v=spf1") {
                0 => Some(format!("{name} has no SPF record (v=spf1 …), which names the servers that may send for it")),
                1 => None,
                count => Some(format!("{name} has {count} SPF records, where only one is allowed")),
            },
            Self::Dkim => {
                let key = |text: &String| {
                    text.split(';').any(|part| part.trim().strip_prefix("p=").is_some_and(|key| !key.trim().is_empty()))
                };
                (!texts.iter().any(key)).then(|| format!("{name} has no key (p=…), so signatures can’t be checked"))
            }
            Self::Dmarc => (beginning("v=dmarc1") == 0).then(|| {
                format!("{name} has no DMARC record (v=DMARC1; p=…), which big providers want of who writes to many")
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_judged() {
        let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        for (record, there, right) in [
            (Record::Spf, &["google-site=x", "v=spf1 mx -all"][..], true),
            (Record::Spf, &["v=spf1 mx -all", "V=SPF1 -all"], false),
            (Record::Spf, &[], false),
            (Record::Dkim, &["v=DKIM1; k=rsa; p=MIIB"], true),
            (Record::Dkim, &["v=DKIM1; p="], false),
            (Record::Dmarc, &["v=DMARC1; p=none"], true),
            (Record::Dmarc, &["v=spf1 -all"], false),
        ] {
            assert_eq!(record.fault("x", &texts(there)).is_none(), right, "{record:?} {there:?}");
        }
        assert_eq!(Record::Dkim.name("a.example", "news").as_deref(), Some("news._domainkey.a.example"));
        assert_eq!(Record::Dkim.name("a.example", ""), None);
    }
}
