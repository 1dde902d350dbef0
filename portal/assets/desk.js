// The reviewers' list by keyboard: J and K move among its rows while the focus is in the list.
// It can be switched off, because a screen reader may want the letters for itself.
"use strict";
(() => {
  const box = document.getElementById("keys");
  const links = [...document.querySelectorAll("table[data-keys] td:first-child a")];
  if (!box || links.length === 0) return;
  box.hidden = false;
  const choice = box.querySelector("input");
  const name = "qss-desk-keys";
  choice.checked = localStorage.getItem(name) !== "off";
  choice.addEventListener("change", () => localStorage.setItem(name, choice.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    const modified = event.ctrlKey || event.altKey || event.metaKey;
    const list = event.target.closest("table[data-keys]");
    if (!step || modified || !choice.checked || !list) return;
    const at = links.indexOf(document.activeElement);
    const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
    next.focus();
    event.preventDefault();
  });
})();
