//! The invented people at the reviewers' desk. Their password is no secret: `Songhua2026xue`.

use crate::review::reviewer::Role;

/// A reviewer of the samples.
#[derive(Debug, Clone, Copy)]
pub struct SampleReviewer {
    /// The name at the sign-in.
    pub name: &'static str,
    /// What they may do.
    pub role: Role,
}

/// The password of all of them, hashed once: a portal of samples should start quickly.
pub const PASSWORD_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$y6RN9jV6vwSYX7+rA7nxz0MXT00lHsNOPkuvrBXou1w";

/// Two who review, one who settles where they differ, one who only reads.
pub const ALL: [SampleReviewer; 4] = [
    SampleReviewer {
        name: "sample-a",
        role: Role::Reviewer,
    },
    SampleReviewer {
        name: "sample-b",
        role: Role::Reviewer,
    },
    SampleReviewer {
        name: "sample-senior",
        role: Role::Senior,
    },
    SampleReviewer {
        name: "sample-auditor",
        role: Role::Auditor,
    },
];
