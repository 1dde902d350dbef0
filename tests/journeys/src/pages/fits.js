// What does not fit the window, as a list of sentences.
const faults = [];
const named = (element) => {
  const id = element.id ? `#${element.id}` : "";
  const kind = element.getAttribute("class");
  return element.localName + id + (kind ? `.${kind.trim().split(/\s+/).join(".")}` : "");
};
const page = document.scrollingElement;
if (page.scrollWidth > innerWidth) {
  const out = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    const right = Math.max(box.right, box.left + (getComputedStyle(element).overflowX === "visible" ? element.scrollWidth : 0));
    return box.width > 0 && right > innerWidth + 1;
  }).reverse();
  const who = out.slice(0, 4).map(named).join(", ");
  faults.push(`scrolls sideways: ${page.scrollWidth} px of page in ${innerWidth}: ${who}`);
}
// Heads of tables are only heard in narrow windows: each cell says its own.
const unseen = (element) => {
  const head = element.closest("thead");
  return head !== null && getComputedStyle(head).clipPath !== "none";
};
// A word that is cut off, in what has to be read whole.
for (const element of document.querySelectorAll(".btn, .badge, h1, h2, legend, label, th, .tabs a, .notice, .digits")) {
  if (element.closest(".vh") || element.matches(".vh") || element.getClientRects().length === 0) continue;
  const box = element.getBoundingClientRect();
  if (getComputedStyle(element).clipPath !== "none" || unseen(element)) continue;
  if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && getComputedStyle(element).overflowX !== "visible") {
    faults.push(`cut off: ${named(element)} “${element.textContent.trim().slice(0, 30)}”`);
  }
  if (box.width > 0 && (box.left < -1 || box.right > innerWidth + 1) && !element.closest(".nav")) {
    faults.push(`outside the window: ${named(element)} “${element.textContent.trim().slice(0, 30)}”`);
  }
}
return faults;
