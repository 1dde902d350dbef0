//! Which instructions a step is made with.
//!
//! Every multiply-add rounds once. Where the processor has no instruction for it, it is made of
//! double precision, which fills so much code that only the smallest tiles are compiled: slower
//! still, and the same bits. `SSE4.2` would gain nothing over `SSE2` by that.

use fearless_simd::{Level, Simd};

use super::step::{Making, make};

/// Vectors that know the tiles they are good for: as many sums as keep the multiply-adds of a
/// processor busy and still fit its registers.
pub(super) trait Fused: Simd {
    /// Most pixels of a tile: 1, 6 or 12.
    const PIXELS: usize;
    /// Whether sixteen numbers are one vector. Then a tile has two vectors of channels, or four when
    /// pixels are few.
    const WIDE: bool;
}

/// Makes the target of a step with the best vectors of a level.
pub(crate) fn make_at(level: Level, making: &Making<'_>, target: &mut [f32], kept: &mut [f32]) {
    macro_rules! with {
        ($simd:expr) => {{
            let simd = $simd;
            simd.vectorize(
                #[inline(always)]
                || make(simd, making, target, kept),
            )
        }};
    }
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Some(simd) = level.as_avx512() {
        with!(simd);
    } else if let Some(simd) = level.as_avx2() {
        with!(simd);
    } else if let Some(simd) = level.as_sse2() {
        with!(simd);
    }
    #[cfg(target_arch = "aarch64")]
    if let Some(simd) = level.as_neon() {
        with!(simd);
    }
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64")))]
    fearless_simd::dispatch!(level, simd => with!(simd));
}

macro_rules! fused {
    ($($vectors:ty: $pixels:literal, $wide:literal);*) => {
        $(impl Fused for $vectors {
            const PIXELS: usize = $pixels;
            const WIDE: bool = $wide;
        })*
    };
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fused!(
    fearless_simd::x86::Avx512: 12, true;
    fearless_simd::x86::Avx2: 6, false;
    fearless_simd::x86::Sse2: 1, false
);
#[cfg(target_arch = "aarch64")]
fused!(fearless_simd::aarch64::Neon: 6, false);
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64")))]
fused!(fearless_simd::Fallback: 1, false);
