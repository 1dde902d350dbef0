//! The colours of the iOS app and those of the portal: one look, written down twice.

/// A colour by its role, as `0xf3f6f5` or `#f3f6f5` says it, without the sign before the digits.
pub type Colour = (String, String);

/// The colours of the first block of a stylesheet that begins with a selector.
pub fn of_stylesheet(css: &str, selector: &str) -> Vec<Colour> {
    let block = css.split_once(selector).map_or("", |(_, rest)| rest);
    let block = block.split('}').next().unwrap_or("");
    let parts = block.split("--c-").skip(1);
    parts
        .filter_map(|part| {
            let (role, value) = part.split_once(':')?;
            let digits = value.trim_start().strip_prefix('#')?.get(..6)?;
            Some((role.replace('-', ""), digits.to_owned()))
        })
        .collect()
}

/// The colours of `Tokens.swift` by theme: 0 light, 1 dark, 2 high contrast.
pub fn of_tokens(swift: &str, theme: usize) -> Vec<Colour> {
    let lines = swift.lines().map(str::trim);
    lines
        .filter_map(|line| {
            let (role, values) = line.strip_prefix("static let ")?.split_once(" = tone(")?;
            let value = values.trim_end_matches(')').split(", ").nth(theme)?;
            Some((role.to_lowercase(), value.strip_prefix("0x")?.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::top;
    use std::fs;

    fn read(path: &str) -> String {
        fs::read_to_string(top().join(path)).expect(path)
    }

    #[test]
    fn roles_are_read_in_both_forms() {
        let css = ":root {\n  --c-page: #f3f6f5; /* snow */\n  --c-on-pine: #ffffff;\n  --s-1: 4px;\n}\n.a { --c-page: #000000; }";
        let swift = "    static let page = tone(0xf3f6f5, 0x0d1513, 0xffffff)\n    static let onPine = tone(0xffffff, 0x1, 0x2)\n";
        let pair = |role: &str, value: &str| (role.to_owned(), value.to_owned());
        let light = [pair("page", "f3f6f5"), pair("onpine", "ffffff")];
        assert_eq!(of_stylesheet(css, ":root {"), light);
        assert_eq!(of_tokens(swift, 0), light);
        assert_eq!(of_tokens(swift, 1)[0], pair("page", "0d1513"));
    }

    #[test]
    fn the_app_has_the_portals_colours_in_every_theme() {
        let (css, swift) = (
            read("portal/assets/portal.css"),
            read("ios/App/Look/Tokens.swift"),
        );
        let themes = [
            ":root {",
            ":root[data-theme=\"dark\"] {",
            ":root[data-contrast=\"high\"] {",
        ];
        for (theme, selector) in themes.into_iter().enumerate() {
            let portal = of_stylesheet(&css, selector);
            let app = of_tokens(&swift, theme);
            assert!(app.len() >= 16, "{} roles", app.len());
            for colour in &app {
                assert!(
                    portal.contains(colour),
                    "{selector} {} is not {}",
                    colour.0,
                    colour.1
                );
            }
        }
    }
}
