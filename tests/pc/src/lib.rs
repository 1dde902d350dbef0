//! Drives a real Chromium through the portal's pages.
