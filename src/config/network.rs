//! Networks as settings name them: an address alone, or a range of them (CIDR, RFC 4632).

use serde::Deserialize;
use std::{fmt, net::IpAddr, str::FromStr};

/// Addresses with the same first bits. IPv4 in IPv6's clothes (`::ffff:192.0.2.1`, RFC 4291,
/// 2.5.5.2) is IPv4, here and in what is compared with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network {
    first: IpAddr,
    bits: u8,
}

impl Network {
    /// Whether an address is one of these.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.first.is_ipv4() && masked(address, self.bits) == masked(self.first, self.bits)
    }
}

/// Whether an address is in one of several networks.
pub fn contain(networks: &[Network], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(address))
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The first bits of an address, moved to the right.
fn masked(address: IpAddr, bits: u8) -> u128 {
    let value = match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    };
    value.checked_shr(u32::from(width(address) - bits)).unwrap_or(0)
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault = || format!("found “{text}”, allowed is an address (10.0.0.1) or a network (10.0.0.0/8)");
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| fault())?)),
            None => (text.trim(), None),
        };
        let named: IpAddr = address.parse().map_err(|_| fault())?;
        let first = named.to_canonical();
        let most = width(named);
        let bits = bits.unwrap_or(most);
        // Of a mapped address the first 96 bits are the clothes.
        let bits = bits.checked_sub(most - width(first)).filter(|bits| *bits <= width(first)).ok_or_else(fault)?;
        Ok(Self { first, bits })
    }
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bits == width(self.first) { self.first.fmt(f) } else { write!(f, "{}/{}", self.first, self.bits) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_or_a_range_of_them() {
        for (network, inside, outside) in [
            ("10.0.0.1", "10.0.0.1", "10.0.0.2"),
            ("10.0.0.1", "::ffff:10.0.0.1", "::1"),
            ("::ffff:10.0.0.1", "10.0.0.1", "10.0.0.2"),
            ("10.0.0.0/8", "10.255.0.3", "11.0.0.1"),
            ("172.16.0.0/12", "172.31.255.255", "172.32.0.0"),
            ("::ffff:10.0.0.0/104", "10.9.9.9", "11.0.0.1"),
            ("0.0.0.0/0", "203.0.113.9", "2001:db8::1"),
            ("::/0", "2001:db8::1", "203.0.113.9"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
        ] {
            let parsed: Network = network.parse().unwrap();
            assert!(parsed.contains(inside.parse().unwrap()), "{network} has {inside}");
            assert!(!parsed.contains(outside.parse().unwrap()), "{network} has not {outside}");
        }
        for wrong in ["", "here", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "::/129", "::ffff:10.0.0.1/8", "10.0.0"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
        let shown = |text: &str| text.parse::<Network>().unwrap().to_string();
        assert_eq!((shown("::ffff:10.0.0.1"), shown("10.0.0.0/8")), ("10.0.0.1".into(), "10.0.0.0/8".into()));
    }
}
