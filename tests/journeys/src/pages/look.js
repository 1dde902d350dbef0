// What is wrong with the page as it stands, as a list of sentences. Called with what is expected.
const expected = arguments[0];
const faults = [];
const say = (text) => faults.push(text);
const named = (element) => {
  const id = element.id ? `#${element.id}` : "";
  const kind = element.getAttribute("class");
  return element.localName + id + (kind ? `.${kind.trim().split(/\s+/).join(".")}` : "");
};
const shown = (element) => element.getClientRects().length > 0;

const status = performance.getEntriesByType("navigation")[0]?.responseStatus;
if (status !== expected.status) say(`HTTP ${status}, not ${expected.status}`);
const words = document.body.innerText.trim();
if (words.length < 60) say(`nearly blank: ${words}`);
if (!document.title.trim()) say("no title");
if (document.documentElement.lang.slice(0, 2) !== expected.lang) {
  say(`lang is ${document.documentElement.lang}, not ${expected.lang}`);
}
const large = document.documentElement.dataset.text === "large";
if (large !== expected.large) say(`large text is ${large}`);

const heads = document.querySelectorAll("h1");
if (heads.length !== 1) say(`${heads.length} h1`);
for (const place of ["header", "main", "footer"]) {
  const count = document.querySelectorAll(`body > ${place}`).length;
  if (count !== 1) say(`${count} ${place}`);
}

// Untranslated words. What a register holds (names, addresses) stays Chinese in English pages, so
// only our own words are held against this: heads, labels, buttons, links of the frame.
const han = /\p{Script=Han}/u;
const marked = (element) => element.closest("[lang|=zh]") !== document.documentElement
  && element.closest("[lang|=zh]") !== null;
const ours = "h1, h2, legend, label, button, th, .btn, .badge, header nav a, footer a, .crumbs a, .tabs a";
for (const element of document.querySelectorAll(ours)) {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll("[lang|=zh], [data-own], .vh, select, .num")) part.remove();
  const text = copy.textContent.trim();
  if (expected.lang === "en" && han.test(text) && !marked(element)
      && !element.closest(".usermenu, .table td, [data-own]")) {
    // The name of a certificate is the register's, and only wants its language marked.
    const of_register = element.closest("[data-certificate]") || document.querySelector(".sheet, .paper");
    say(`${of_register ? "remark: not marked as Chinese" : "not translated"}: ${named(element)} “${text.slice(0, 40)}”`);
  }
}
if (expected.lang === "zh") {
  for (const head of heads) {
    if (!han.test(head.textContent)) say(`not in Chinese: “${head.textContent.trim()}”`);
  }
}

// Everything that points at an id.
const ids = new Set();
for (const element of document.querySelectorAll("[id]")) {
  if (ids.has(element.id)) say(`two elements have the id ${element.id}`);
  ids.add(element.id);
}
const pointing = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage", "aria-owns", "list", "form"];
for (const name of pointing) {
  for (const element of document.querySelectorAll(`[${name}]`)) {
    for (const id of element.getAttribute(name).split(/\s+/).filter(Boolean)) {
      if (!ids.has(id)) say(`${named(element)} has ${name}="${id}", which is nowhere`);
    }
  }
}
for (const link of document.querySelectorAll('a[href^="#"]')) {
  const id = decodeURIComponent(link.hash.slice(1));
  if (id && !ids.has(id)) say(`a link leads to #${id}, which is nowhere`);
}
for (const element of document.querySelectorAll("[tabindex]")) {
  if (element.tabIndex > 0) say(`${named(element)} has tabindex ${element.tabIndex}`);
}
for (const element of document.querySelectorAll("style, script:not([src])")) {
  say(`${named(element)} stands in the page`);
}
for (const form of document.querySelectorAll('form[method="post"]')) {
  if (!form.querySelector('input[name="form_token"]')?.value) say(`${form.action} has no token`);
}
for (const picture of document.images) {
  if (picture.complete && picture.naturalWidth === 0) say(`no picture: ${picture.src}`);
}
return faults;
