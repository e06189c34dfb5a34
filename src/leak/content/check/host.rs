//! Addresses of machines, and whose they are.

/// Whether a value is an address of the Internet or of a network card, and no time or version.
pub fn is_address(value: &str) -> bool {
    if value.contains(':') || value.contains('-') {
        let groups = value.split([':', '-']).filter(|group| !group.is_empty()).count();
        let is_time =
            value.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') && !value.contains("::");
        return groups > 3
            && !(is_time && groups < 6)
            && value.chars().any(|c| c.is_ascii_hexdigit() && c != '0');
    }
    let parts: Vec<u64> = value.split('.').filter_map(|part| part.parse().ok()).collect();
    // Versions look alike. An address has a part above theirs, and zeros in front in all of its parts, or in none.
    let is_filled = value.split('.').all(|part| part.len() == 3);
    let has_zeros = value.split('.').any(|part| part.len() > 1 && part.starts_with('0'));
    let is_version = parts.iter().all(|&part| part < 30) || has_zeros && !is_filled;
    parts.len() == 4 && parts.iter().all(|&part| part < 256) && parts.first() > Some(&0) && !is_version
}

/// Whether what stands at `url` is nobody's: `assets/lexicon/publishers.txt`.
pub fn is_public(url: &str) -> bool {
    let hosts = include_str!("../../../../assets/lexicon/publishers.txt").lines();
    let mut hosts = hosts.filter(|line| !line.starts_with('#'));
    let host =
        url.split("//").last().unwrap_or(url).split('/').next().unwrap_or_default().to_ascii_lowercase();
    hosts.any(|public| host.strip_suffix(public).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_versions() {
        for address in ["192.168.44.107", "192.168.001.010", "10.4.130.7", "fe80::1:2:3", "00:1A:2B:3C:4D:5E"]
        {
            assert!(is_address(address), "{address}");
        }
        for version in ["2.105.030.10", "50.80.103.002", "5.1.2.3", "12:30:45", "0.1.2.99"] {
            assert!(!is_address(version), "{version}");
        }
    }

    #[test]
    fn what_is_below_a_public_host_is_public() {
        for url in [
            "https://www.w3.org/2001/XMLSchema",
            "doi.org/10.7937/x",
            "https://wiki.cancerimagingarchive.net",
        ] {
            assert!(is_public(url), "{url}");
        }
        for url in ["https://notw3.org/x", "https://w3.org.example.com/x", "pacs.example.com/doi.org"] {
            assert!(!is_public(url), "{url}");
        }
    }
}
