// Every page: the menu under the name, Caps Lock beside passwords, focus on what is wrong.
"use strict";
(() => {
  const menu = document.querySelector("[data-menu]");
  if (menu) {
    const box = menu.parentElement;
    // Open by hover, by focus inside, or by click; closed by click or Esc until one leaves it.
    const isShown = () => getComputedStyle(document.getElementById("user-list")).display !== "none";
    const tell = () => menu.setAttribute("aria-expanded", String(isShown()));
    const show = (open) => {
      box.toggleAttribute("data-open", open);
      box.toggleAttribute("data-closed", !open);
      tell();
    };
    const leave = () => {
      box.removeAttribute("data-closed");
      if (!box.matches(":hover")) box.removeAttribute("data-open");
      tell();
    };
    let pressedOpen = false;
    menu.addEventListener("pointerdown", (event) => {
      // A finger has no hover of its own: what it touches opens by the click alone.
      pressedOpen = event.pointerType === "mouse" ? box.hasAttribute("data-open") : isShown();
    });
    menu.addEventListener("click", (event) => {
      const byKey = event.detail === 0;
      show(!(byKey ? box.hasAttribute("data-open") : pressedOpen));
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      menu.focus();
      show(false);
    });
    box.addEventListener("focusin", tell);
    box.addEventListener("focusout", (event) => {
      if (!box.contains(event.relatedTarget)) leave();
    });
    box.addEventListener("mouseenter", () => {
      box.removeAttribute("data-closed");
      tell();
    });
    box.addEventListener("mouseleave", () => {
      if (!box.contains(document.activeElement)) leave();
      else if (!box.hasAttribute("data-open")) show(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && box.matches(":hover")) show(false);
    });
    document.addEventListener("click", (event) => {
      if (!box.contains(event.target)) leave();
    });
  }
  for (const input of document.querySelectorAll("[data-caps]")) {
    const note = document.createElement("p");
    note.className = "caps";
    note.hidden = true;
    note.setAttribute("role", "status");
    note.textContent = input.dataset.caps;
    input.after(note);
    const look = (event) => {
      if (event.getModifierState) note.hidden = !event.getModifierState("CapsLock");
    };
    input.addEventListener("keydown", look);
    input.addEventListener("keyup", look);
    input.addEventListener("blur", () => { note.hidden = true; });
  }
  const wrong = document.querySelector(".err-summary[data-focus]");
  if (wrong) wrong.focus();
  for (const choice of document.querySelectorAll(".choice input")) {
    choice.addEventListener("change", () => {
      for (const other of document.getElementsByName(choice.name)) {
        other.closest(".choice").classList.toggle("choice--on", other.checked);
      }
    });
  }
})();
