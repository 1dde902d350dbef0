//! Why nobody vouches for a key.

/// Why a chain says nothing the portal can rely on. The words stand in the audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// Too few certificates for a chain, or more than any phone has.
    #[error("chain-length")]
    Length,
    /// A certificate that cannot be read.
    #[error("chain-unreadable")]
    Unreadable,
    /// A certificate that is not signed by the next one, or by one that is no authority.
    #[error("chain-broken")]
    Broken,
    /// A chain that ends at nobody the portal trusts.
    #[error("chain-root")]
    Root,
    /// A certificate that is not valid now.
    #[error("chain-time")]
    Time,
    /// A certificate on the makers' list.
    #[error("chain-revoked")]
    Revoked,
    /// No statement of the hardware, more than one, or one that cannot be read.
    #[error("description")]
    Description,
    /// A statement about another key.
    #[error("other-key")]
    OtherKey,
    /// A key that was made for something else.
    #[error("other-purpose")]
    Purpose,
    /// A key that lives in software, or was put into the hardware from outside.
    #[error("software")]
    Software,
    /// A key that signs without asking the phone's person.
    #[error("unprotected")]
    Unprotected,
    /// A phone whose system was unlocked or is not the maker's.
    #[error("system")]
    System,
    /// A system older than the portal accepts.
    #[error("system-old")]
    Old,
    /// Another app, or one that somebody else signed.
    #[error("app")]
    App,
}
