// Registration: the code by message without leaving the page. Without this script the same
// button sends the form, and the page comes back with the same words.
"use strict";
(() => {
  const form = document.querySelector("form[data-register]");
  const button = document.getElementById("get-code");
  const said = document.getElementById("sms-said");
  if (!form || !button || !window.fetch) return;

  const clear = () => {
    for (const old of form.querySelectorAll(".field__error")) old.remove();
    for (const field of form.querySelectorAll(".field--error")) field.classList.remove("field--error");
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    const advice = document.getElementById("advice");
    if (advice) advice.remove();
  };
  const complain = (name, text) => {
    const field = form.querySelector(`[data-field="${name}"]`) ||
      form.querySelector(`[name="${name}"]`).closest(".field");
    const line = document.createElement("p");
    line.className = "field__error";
    line.id = `${name}-e`;
    const words = document.createElement("span");
    words.textContent = text;
    line.append(words);
    field.classList.add("field--error");
    field.append(line);
    const input = form.querySelector(`[name="${name}"]`);
    if (input) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", line.id); }
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
    const body = new URLSearchParams(new FormData(form));
    body.set("act", "code");
    body.delete("password");
    body.delete("password_again");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
      const told = await answer.json();
      said.textContent = told.said;
      if (told.mobile) form.elements.mobile.value = told.mobile;
      let first = null;
      for (const [name, text] of told.errors) {
        const at = complain(name, text);
        first = first || at;
      }
      if (told.advice) {
        const note = document.createElement("section");
        note.id = "advice";
        note.className = "notice notice--bad";
        const box = document.createElement("div");
        const head = document.createElement("h2");
        head.textContent = told.advice[0];
        const text = document.createElement("p");
        text.textContent = told.advice[1];
        box.append(head, text);
        note.append(box);
        form.querySelector('[data-field="mobile"]').after(note);
      }
      if (first) first.focus();
      count(told.wait_s);
    } catch {
      said.textContent = form.dataset.hint;
      count(0);
    }
  });
})();
