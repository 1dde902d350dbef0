//! The digest chain over every frame of a capture.
//!
//! `h₀ = SHA-256("HLJFACE1\0" ‖ nonce ‖ challenge id)`, `hᵢ = SHA-256(hᵢ₋₁ ‖ i ‖ tᵢ ‖ digestᵢ)`
//! with `i` and `t` as eight big-endian bytes and `i` counted from 1 (protocol 5.6, M6). It binds
//! the frames to this challenge, in this order, at these times.

use ring::digest::{Context, SHA256};

use crate::ids::{ChallengeId, Digest, Nonce};

/// One frame of a capture in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainLink {
    /// Milliseconds since the capture began, rising.
    pub t_ms: u64,
    /// SHA-256 of the frame as offered.
    pub digest: Digest,
}

/// The chain while it grows.
#[derive(Debug, Clone)]
pub struct FrameChain {
    links: Vec<ChainLink>,
    head: Digest,
}

impl FrameChain {
    /// Starts the chain of one challenge.
    pub fn start(nonce: &Nonce, challenge: &ChallengeId) -> Self {
        let mut first = Context::new(&SHA256);
        first.update(b"HLJFACE1\0");
        first.update(nonce.as_bytes());
        first.update(challenge.as_bytes());
        Self {
            links: Vec::new(),
            head: finish(first),
        }
    }

    /// Adds the next frame.
    pub fn push(&mut self, link: ChainLink) {
        let mut next = Context::new(&SHA256);
        next.update(self.head.as_bytes());
        next.update(&(self.links.len() as u64 + 1).to_be_bytes());
        next.update(&link.t_ms.to_be_bytes());
        next.update(link.digest.as_bytes());
        self.head = finish(next);
        self.links.push(link);
    }

    /// The chain of these links: what the portal computes again.
    pub fn over(nonce: &Nonce, challenge: &ChallengeId, links: &[ChainLink]) -> Self {
        let mut chain = Self::start(nonce, challenge);
        for link in links {
            chain.push(*link);
        }
        chain
    }

    /// The last value of the chain.
    pub fn head(&self) -> Digest {
        self.head
    }

    /// All links so far.
    pub fn links(&self) -> &[ChainLink] {
        &self.links
    }
}

fn finish(context: Context) -> Digest {
    let mut bytes = [0; 32];
    for (to, from) in bytes.iter_mut().zip(context.finish().as_ref()) {
        *to = *from;
    }
    Digest::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Vec<ChainLink> {
        (0u8..3)
            .map(|at| ChainLink {
                t_ms: u64::from(at) * 83,
                digest: Digest::of(&[at]),
            })
            .collect()
    }

    fn head(nonce: u8, links: &[ChainLink]) -> Digest {
        let nonce = Nonce::from_bytes([nonce; 32]);
        FrameChain::over(&nonce, &ChallengeId::from_bytes([9; 16]), links).head()
    }

    #[test]
    fn the_head_is_frozen() {
        assert_eq!(
            head(1, &[]).to_string(),
            "HcpUpcSAbuRsotfLbE6B6sr00NsZMDEFVhh1911vUXk"
        );
        assert_eq!(
            head(1, &links()).to_string(),
            "AEgCvIDCtNTP5oqBrZJFDMfg5ERsKK9dh-WCAu2jYsk"
        );
    }

    #[test]
    fn another_nonce_order_time_or_frame_gives_another_head() {
        let mut others = vec![head(2, &links())];
        let mut swapped = links();
        swapped.swap(0, 1);
        others.push(head(1, &swapped));
        let mut late = links();
        late[2].t_ms += 1;
        others.push(head(1, &late));
        let mut changed = links();
        changed[1].digest = Digest::of(b"other");
        others.push(head(1, &changed));
        others.push(head(1, &links()[..2]));
        assert!(!others.contains(&head(1, &links())));
    }
}
