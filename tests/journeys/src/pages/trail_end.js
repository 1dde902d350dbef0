// What was wrong on the way of the focus, as a list of sentences.
const faults = [];
const named = (element) => {
  const id = element.id ? `#${element.id}` : "";
  return `${element.localName}${id} “${(element.textContent || element.name || "").trim().slice(0, 24)}”`;
};
const all = window.__trail;
const trail = [];
for (const step of all) {
  // After the last element the browser begins again.
  if (trail.some((earlier) => earlier.element === step.element)) break;
  trail.push(step);
}
if (!trail[0]?.element.matches(".skip")) faults.push("the first Tab does not reach the skip link");
for (const [at, step] of trail.entries()) {
  if (!step.visible) faults.push(`focus cannot be seen on ${named(step.element)}`);
  if (!step.sized) faults.push(`focus goes to nothing: ${named(step.element)}`);
  const next = trail[at + 1]?.element;
  if (next && !(step.element.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING)) {
    faults.push(`focus goes back from ${named(step.element)} to ${named(next)}`);
  }
}
const reached = new Set(trail.map((step) => step.element));
const groups = new Set(trail.filter((step) => step.element.type === "radio").map((step) => step.element.name));
for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
  if (element.type === "hidden" || element.disabled || element.tabIndex < 0) continue;
  if (element.getClientRects().length === 0 || getComputedStyle(element).visibility === "hidden") continue;
  if (element.type === "radio" && groups.has(element.name)) continue;
  if (!reached.has(element)) faults.push(`Tab never reaches ${named(element)}`);
}
document.activeElement?.blur();
scrollTo(0, 0);
return faults;
