//! Synthetic cameras: a screen seen through a tilted, blurred lens, and recorded faces.
