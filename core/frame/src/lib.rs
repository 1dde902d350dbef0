//! Camera pixels: lengths checked once, rotation, luma and RGB views.
