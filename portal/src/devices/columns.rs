//! Times as the database keeps them: signed 64-bit milliseconds.

/// The column value of a time, milliseconds since 1970.
pub fn to_column(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

/// The time of a column value. A negative one is before 1970 and reads as 0: long ago.
pub fn from_column(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
