//! End-to-end journeys that see only what a host sees.
