// Every page: the menu under the name, Caps Lock beside passwords, focus on what is wrong.
"use strict";
(() => {
  const menu = document.querySelector("[data-menu]");
  if (menu) {
    const box = menu.parentElement;
    const show = (open) => {
      box.toggleAttribute("data-open", open);
      menu.setAttribute("aria-expanded", String(open));
    };
    menu.addEventListener("click", () => show(!box.hasAttribute("data-open")));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { show(false); menu.focus(); }
    });
    document.addEventListener("click", (event) => {
      if (!box.contains(event.target)) show(false);
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
