//! Addresses of readers: which of them are one household, and the range around one.

use std::net::IpAddr;

/// Addresses that are one: of IPv6 a household has a whole /64 (RFC 6177). Empty for none.
pub fn household(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        None => String::new(),
    }
}

/// The range around a household: /24 of IPv4, /48 of IPv6 (what a provider gives a
/// site, RFC 6177). `None` where it is no household.
pub fn range(household: &str) -> Option<String> {
    if let Some(first) = household.strip_suffix("::/64") {
        let parts: Vec<&str> = first.split(':').collect();
        return (parts.len() == 4).then(|| format!("{}::/48", parts[..3].join(":")));
    }
    let (first, _) = household.rsplit_once('.')?;
    Some(format!("{first}.0/24"))
}

/// The network of an address, for what is counted against crowds of one owner: /24 of IPv4,
/// /64 of IPv6. Empty for none.
pub fn network(address: Option<IpAddr>) -> String {
    let household = household(address);
    match range(&household) {
        Some(range) if !household.ends_with("/64") => range,
        _ => household,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_address() {
        let of = |text: &str| household(Some(text.parse().unwrap()));
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(range(&of("192.0.2.7")).as_deref(), Some("192.0.2.0/24"));
        assert_eq!(range(&of("2001:db8:1:2::1")).as_deref(), Some("2001:db8:1::/48"));
        assert_eq!(range(""), None);
        let network_of = |text: &str| network(Some(text.parse().unwrap()));
        assert_eq!(
            (network_of("192.0.2.7"), network_of("2001:db8:1:2::1")),
            ("192.0.2.0/24".into(), of("2001:db8:1:2::1"))
        );
        assert_eq!(network(None), "");
    }
}
