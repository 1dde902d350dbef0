//! Where lines of log come from. They are given through `log`, under these names alone, and hold nothing about a person:
//! routes instead of addresses, codes instead of words.

/// Requests to the portal.
pub const PORTAL: &str = "portal";
/// Failures that were told to a host.
pub const FAILURE: &str = "failure";
/// All of them.
pub const LOGGED: [&str; 2] = [PORTAL, FAILURE];

/// An address as it may be logged: every part that names something, a task or a certificate, is left out.
pub(crate) fn route(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let parts = path.split('/').map(|part| {
        let is_word = part.len() <= 16
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_'));
        if is_word || part == "v1" { part } else { "…" }
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_task_or_a_certificate_is_not_logged() {
        let task = "/handset/v1/tasks/AQEBAQEBAQEBAQEBAQEBAQ/claim";
        assert_eq!(route(task), "/handset/v1/tasks/…/claim");
        assert_eq!(
            route("/certs/1.2.156.3005.2.11/ticket?purpose=x"),
            "/certs/…/ticket"
        );
        assert_eq!(route("/张三/230102199705180024"), "/…/…");
        assert_eq!(route(""), "");
    }
}
