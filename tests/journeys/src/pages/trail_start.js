// Starts to follow the focus from the top of the page; gives how many presses of Tab are enough.
// The browser goes on from where the focus last was, also when that is gone: begin before the first.
const start = document.createElement("span");
start.tabIndex = -1;
document.body.prepend(start);
start.focus();
start.remove();
scrollTo(0, 0);
const trail = [];
window.__trail = trail;
document.addEventListener("focusin", (event) => {
  const look = getComputedStyle(event.target);
  const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0;
  const box = event.target.getBoundingClientRect();
  trail.push({
    element: event.target,
    visible: outlined || look.boxShadow !== "none",
    sized: box.width >= 1 && box.height >= 1,
  });
}, true);
const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
return document.querySelectorAll(can).length + 3;
