//! Where somebody wanted to go who had to sign in first.

/// One of our own pages. Words of a fixed set travel, never an address: signing in sends nobody
/// to another site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Destination {
    /// 用户空间.
    #[default]
    Space,
    /// 我的证照.
    Certificates,
    /// The phones that acted for the account.
    Devices,
    /// What was done with the account.
    Activity,
    /// The change of the password.
    Password,
}

impl Destination {
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Space, "space", "/space"),
        (Self::Certificates, "certificates", "/space/certificates"),
        (Self::Devices, "devices", "/space/devices"),
        (Self::Activity, "activity", "/space/activity"),
        (Self::Password, "password", "/space/password"),
    ];

    fn row(self) -> (&'static str, &'static str) {
        let found = Self::ALL.into_iter().find(|(known, _, _)| *known == self);
        found.map_or(("space", "/space"), |(_, word, path)| (word, path))
    }

    /// The word in the address, after `next=`.
    pub fn word(self) -> &'static str {
        self.row().0
    }

    /// The page.
    pub fn path(self) -> &'static str {
        self.row().1
    }

    /// The page of a word; 用户空间 for any other.
    pub fn of_word(word: &str) -> Self {
        let found = Self::ALL.into_iter().find(|(_, known, _)| *known == word);
        found.map_or(Self::Space, |(destination, _, _)| destination)
    }

    /// The page to come back to for somebody who asked for a path without being signed in.
    pub fn of_path(path: &str) -> Self {
        let below = |(_, _, start): &(Self, &str, &str)| {
            path.strip_prefix(start)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        // 用户空间 stands above the others.
        let found = Self::ALL.into_iter().rev().find(below);
        found.map_or(Self::Space, |(destination, _, _)| destination)
    }
}

#[cfg(test)]
mod tests {
    use super::Destination;

    #[test]
    fn us_01_words_lead_to_our_own_pages_only() {
        for (destination, word, path) in Destination::ALL {
            assert_eq!(Destination::of_word(word), destination);
            assert_eq!(Destination::of_path(path), destination);
            assert_eq!((destination.word(), destination.path()), (word, path));
        }
        for word in ["", "//evil.example", "https://evil.example", "/space", "x"] {
            assert_eq!(Destination::of_word(word), Destination::Space, "{word}");
        }
        let deep = "/space/certificates/1.2/download";
        assert_eq!(Destination::of_path(deep), Destination::Certificates);
        assert_eq!(Destination::of_path("/pc/files/1.x"), Destination::Space);
    }
}
