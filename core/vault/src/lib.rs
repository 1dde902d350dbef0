//! Sealed records and files on disk.
