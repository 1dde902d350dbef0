//! The plans of the committed networks, as `build/` wrote them.
#![expect(
    clippy::unreadable_literal,
    reason = "generated: offsets nobody reads by eye"
)]

use super::plan::{Depthwise, Part, Plan, Residual, Shape, Step};

include!(concat!(env!("OUT_DIR"), "/plans.rs"));
