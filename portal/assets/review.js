// The application for review: the code by message without leaving the page, so that chosen
// pictures stay chosen. Without this script the same button sends the form.
"use strict";
(() => {
  const form = document.querySelector("form[data-review]");
  const button = document.getElementById("get-code");
  const said = document.getElementById("sms-said");
  if (!form || !button || !said || !window.fetch) return;

  const clear = () => {
    for (const old of form.querySelectorAll(".field__error")) old.remove();
    for (const field of form.querySelectorAll(".field--error")) field.classList.remove("field--error");
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  };
  const complain = (name, text) => {
    const input = form.querySelector(`[name="${name}"]`);
    const field = form.querySelector(`[data-field="${name}"]`);
    if (!field) return null;
    const line = document.createElement("p");
    line.className = "field__error";
    line.id = `${name}-e`;
    line.textContent = text;
    field.classList.add("field--error");
    field.append(line);
    if (input) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", line.id);
    }
    return input || field;
  };
  const count = (left) => {
    if (left <= 0) {
      button.removeAttribute("aria-disabled");
      button.textContent = form.dataset.code;
      return;
    }
    button.textContent = `${left} ${form.dataset.seconds}${form.dataset.again}`;
    setTimeout(count, 1000, left - 1);
  };
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    clear();
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.sending;
    said.textContent = "";
    const body = new URLSearchParams();
    for (const name of ["form_token", "kind", "mobile"]) body.set(name, form.elements[name].value);
    body.set("act", "code");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
      const told = await answer.json();
      said.textContent = told.said;
      let first = null;
      for (const [name, text] of told.errors) first = first || complain(name, text);
      if (first) first.focus();
      count(told.wait_s);
    } catch {
      said.textContent = form.dataset.hint;
      count(0);
    }
  });
})();
