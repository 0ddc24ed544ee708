//! Internet addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Length of the address that begins at `at`; those of private and reserved networks only where `private` is on.
pub(super) fn len(text: &str, at: usize, private: bool) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    let run = bytes
        .iter()
        .take(46)
        .take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':'))
        .count();
    // What ends a sentence or a clause is no part of it.
    let candidate = text[at..at + run].trim_end_matches('.');
    let candidate = if candidate.ends_with("::") { candidate } else { candidate.trim_end_matches(':') };
    if candidate.len() < 7 || !super::stands_alone(text, at, at + candidate.len()) {
        return None;
    }
    let is_v4 = candidate.bytes().filter(|byte| *byte == b':').count() < 2;
    if is_part(&text.as_bytes()[..at], is_v4) {
        return None;
    }
    let address: IpAddr = match candidate.bytes().filter(|byte| *byte == b':').count() {
        0 => candidate.parse::<Ipv4Addr>().ok()?.into(),
        // An address with a port.
        1 => {
            let address = candidate.split(':').next()?;
            let parsed = address.parse::<Ipv4Addr>().ok()?;
            return is_wanted(parsed.into(), private).then_some(address.len());
        }
        _ => candidate.parse::<Ipv6Addr>().ok()?.into(),
    };
    is_wanted(address, private).then_some(candidate.len())
}

/// Whether an address behind `before` is part of something longer: a version, a path. A range may have one at each end,
/// and a name with a colon may stand before it.
const fn is_part(before: &[u8], is_v4: bool) -> bool {
    match before {
        [.., b'/', b'/'] => false,
        [.., b'.'] => true,
        [.., b':'] => !is_v4,
        [.., last, b'-' | b'/'] => !last.is_ascii_digit(),
        [b'-' | b'/'] => true,
        _ => false,
    }
}

/// Whether the address is one of the public Internet, or all are wanted.
fn is_wanted(address: IpAddr, private: bool) -> bool {
    private
        || match address {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                !(address.is_private()
                    || address.is_loopback()
                    || address.is_link_local()
                    || address.is_documentation()
                    || address.is_broadcast()
                    || a == 0
                    || a >= 240
                    || (a == 100 && (64..128).contains(&b))
                    || (a == 198 && (b == 18 || b == 19))
                    || (a, b, c) == (192, 0, 0))
            }
            // Global unicast, documentation left out.
            IpAddr::V6(address) => {
                address.segments()[0] & 0xe000 == 0x2000 && address.segments()[..2] != [0x2001, 0xdb8]
            }
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_alone_and_is_public() {
        assert_eq!(len("8.8.4.4", 0, false), Some(7));
        assert_eq!(len("8.8.4.4:53", 0, false), Some(7));
        assert_eq!(len("8.8.4.4.", 0, false), Some(7));
        assert_eq!(len("8.8.4.4.1", 0, false), None);
        assert_eq!(len("8.8.4.400", 0, false), None);
        assert_eq!(len("10.1.2.3", 0, false), None);
        assert_eq!(len("10.1.2.3", 0, true), Some(8));
        assert_eq!(len("2001:db8::1", 0, false), None);
        assert_eq!(len("2001:db8::1", 0, true), Some(11));
        assert_eq!(len("12:30:45", 0, true), None);
        assert_eq!(len("IP:8.8.4.4", 3, false), Some(7));
        assert_eq!(len("8.8.4.4-8.8.8.8", 8, false), Some(7));
        assert_eq!(len("pier-1.2.3.4", 5, false), None);
    }
}
