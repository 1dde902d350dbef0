//! Two ways of the keyboard that a person without a mouse relies on.

use quanshengshi_pc::chromium::Chromium;
use quanshengshi_pc::glass::Stroke;
use serde_json::Value;

/// What is wrong with the skip link of a page.
pub async fn skips(pc: &Chromium, origin: &str, path: &str) -> Vec<String> {
    pc.open(&format!("{origin}{path}")).await.unwrap();
    pc.strike(Stroke::Tab, 1).await.unwrap();
    let mut faults = Vec::new();
    if !holds(pc, "document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0").await {
        faults.push(format!("{path}: the first Tab does not show the skip link"));
    }
    pc.strike(Stroke::Enter, 1).await.unwrap();
    pc.strike(Stroke::Tab, 1).await.unwrap();
    if !holds(
        pc,
        "document.querySelector('main').contains(document.activeElement)",
    )
    .await
    {
        faults.push(format!("{path}: the skip link does not lead into main"));
    }
    faults
}

/// What is wrong with the menu under the name.
pub async fn menu(pc: &Chromium, origin: &str) -> Vec<String> {
    pc.size(1280, 900).await.unwrap();
    pc.open(&format!("{origin}/space")).await.unwrap();
    let mut faults = Vec::new();
    let open = "document.querySelector('[data-menu]').getAttribute('aria-expanded') === 'true'
        && document.querySelector('.usermenu__list').getClientRects().length > 0";
    let closed = "document.querySelector('[data-menu]').getAttribute('aria-expanded') === 'false'
        && document.querySelector('.usermenu__list').getClientRects().length === 0";
    let mut expect = |held: bool, what: &str| {
        if !held {
            faults.push(format!("menu: {what}"));
        }
    };
    expect(
        holds(pc, closed).await,
        "open, or says so, before anybody came",
    );
    for _ in 0..20 {
        if holds(pc, "document.activeElement.matches('[data-menu]')").await {
            break;
        }
        pc.strike(Stroke::Tab, 1).await.unwrap();
    }
    expect(holds(pc, open).await, "does not open when the focus comes");
    pc.strike(Stroke::Tab, 1).await.unwrap();
    expect(
        holds(
            pc,
            "document.activeElement.matches('.usermenu__list a[href=\"/space\"]')",
        )
        .await,
        "its first entry is not 用户空间",
    );
    pc.strike(Stroke::Escape, 1).await.unwrap();
    expect(holds(pc, closed).await, "Esc does not close it");
    expect(
        holds(pc, "document.activeElement.matches('[data-menu]')").await,
        "Esc does not give the focus back",
    );
    pc.strike(Stroke::Enter, 1).await.unwrap();
    expect(holds(pc, open).await, "Enter does not open it again");
    pc.strike(Stroke::Escape, 1).await.unwrap();
    pc.strike(Stroke::Tab, 1).await.unwrap();
    expect(
        holds(
            pc,
            "!document.querySelector('.usermenu').contains(document.activeElement)",
        )
        .await,
        "Tab goes into the closed menu",
    );
    pc.press("[data-menu]").await.unwrap();
    expect(holds(pc, open).await, "a click does not open it");
    pc.press(".foot p").await.unwrap();
    expect(
        holds(pc, closed).await,
        "a click elsewhere does not close it",
    );
    faults
}

async fn holds(pc: &Chromium, expression: &str) -> bool {
    let script = format!("return {expression};");
    let told = pc.run("keyboard", &script, Vec::new()).await.unwrap();
    told == Value::Bool(true)
}
