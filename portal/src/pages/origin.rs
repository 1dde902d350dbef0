//! Where a request comes from, as far as the portal sees it: shown on the phone, and counted.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use quanshengshi_protocol::transaction::PcContext;

/// The network of a request: the address with its last part left out.
pub fn network(parts: &Parts) -> String {
    match parts.extensions.get::<ConnectInfo<SocketAddr>>() {
        None => String::new(),
        Some(ConnectInfo(address)) => match address.ip().to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.*")
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:*")
            }
        },
    }
}

/// Browser and system, by what the browser says of itself. Its word only: it helps a person to
/// compare, no rule hangs on it.
pub fn pc_context(parts: &Parts) -> PcContext {
    let agent = user_agent(&parts.headers);
    let browsers = [
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("HeadlessChrome/", "Chrome"),
        ("Version/", "Safari"),
    ];
    let browser = browsers
        .iter()
        .find_map(|(mark, name)| {
            let (_, after) = agent.split_once(mark)?;
            let version: String = after.chars().take_while(char::is_ascii_digit).collect();
            Some(format!("{name} {version}"))
        })
        .unwrap_or_default();
    let systems = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let system = systems
        .iter()
        .find(|(mark, _)| agent.contains(mark))
        .map_or("", |(_, name)| name);
    PcContext {
        browser,
        system: system.to_owned(),
        place: String::new(),
        network: network(parts),
    }
}

/// Whether the browser is one the pages were not made for (requirement PR-11).
pub fn is_old(headers: &HeaderMap) -> bool {
    let agent = user_agent(headers);
    agent.contains("Trident/") || agent.contains("MSIE ")
}

fn user_agent(headers: &HeaderMap) -> &str {
    headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::{is_old, pc_context};

    #[test]
    fn browser_and_system_are_told_by_family() {
        let cases = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
                ("Edge 142", "Windows"),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                ("Firefox 140", "Linux"),
            ),
            ("curl/8", ("", "")),
        ];
        for (agent, (browser, system)) in cases {
            let (parts, ()) = Request::builder()
                .header("user-agent", agent)
                .body(())
                .expect("a request")
                .into_parts();
            let pc = pc_context(&parts);
            assert_eq!((pc.browser.as_str(), pc.system.as_str()), (browser, system));
            assert!(!is_old(&parts.headers));
        }
    }
}
