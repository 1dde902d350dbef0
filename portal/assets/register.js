// Registration: what the portal says to a field that was left, the code by message without leaving
// the page, the usual place in three steps. No rule stands here: every word comes from the portal.
// Without this script the same form is sent, and the page comes back with the same words.
"use strict";
(() => {
  const form = document.querySelector("form[data-register]");
  if (!form || !window.fetch) return;
  const live = document.getElementById("live");
  const byId = (id) => document.getElementById(id);
  // What a person sees of a field: the one list of places is hidden behind three.
  const input = (name) => {
    const found = form.querySelector(`[name="${name}"]`);
    return found && found.hidden ? byId(name) : found;
  };
  const post = async (path, body) => {
    const answer = await fetch(path, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
    return answer.json();
  };

  // ---- what stands at a field
  const place = (name) => form.querySelector(`[data-field="${name}"]`) || input(name).closest(".field");
  const mark = (name, wrong, line) => {
    const at = input(name);
    if (!at || at.type === "radio") return;
    const others = (at.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== `${name}-e`);
    if (wrong) others.push(line);
    at.toggleAttribute("aria-invalid", wrong);
    if (wrong) at.setAttribute("aria-invalid", "true");
    if (others.length) at.setAttribute("aria-describedby", others.join(" "));
    else at.removeAttribute("aria-describedby");
  };
  const clear = (name, kinds = ["e", "r", "o"]) => {
    for (const kind of kinds) {
      const old = byId(`${name}-${kind}`);
      if (old && old.parentElement) old.remove();
    }
    const at = place(name);
    if (at && !at.querySelector(".field__error")) at.classList.remove("field--error");
    mark(name, false);
  };
  const say = (name, kind, classes, text, icon) => {
    const line = document.createElement("p");
    line.className = classes;
    line.id = `${name}-${kind}`;
    const words = document.createElement("span");
    words.textContent = text;
    if (icon) line.append(byId(icon).content.cloneNode(true));
    line.append(words);
    place(name).append(line);
    return line.id;
  };
  const complain = (name, text) => {
    const at = place(name);
    clear(name);
    const line = say(name, "e", "field__error", text, "error-icon");
    at.classList.add("field--error");
    mark(name, true, line);
    return input(name) || at;
  };

  // ---- a message must not move a button that is being pressed
  let pressing = false;
  let waiting = [];
  const calmly = (work) => (pressing ? waiting.push(work) : work());
  addEventListener("pointerdown", () => { pressing = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => setTimeout(() => {
      pressing = false;
      const works = waiting;
      waiting = [];
      for (const work of works) work();
    }, 60), true);
  }

  // ---- a field that was left
  const secret = ["password", "password_again"];
  const checked = new Map();
  let turn = 0;
  const check = async (left) => {
    const body = new URLSearchParams(new FormData(form));
    if (!secret.includes(left)) for (const name of secret) body.delete(name);
    body.delete("act");
    const state = body.toString();
    if (checked.get(left) === state) return;
    checked.set(left, state);
    body.set("form", form.dataset.register);
    body.set("left", left);
    const mine = ++turn;
    let told;
    try { told = await post("/register/check", body); } catch { return; }
    calmly(() => {
      if (checked.get(left) !== state || !told.fields) return;
      for (const said of told.fields) {
        const at = input(said.name);
        // Whoever is back in a field is not spoken to there.
        if (!at || (document.activeElement === at && at.type !== "radio" && at.tagName !== "SELECT")) continue;
        clear(said.name);
        if (said.value !== null && at.type !== "radio") at.value = said.value;
        if (said.error) {
          complain(said.name, said.error);
          if (mine === turn) live.textContent = said.error;
        } else if (said.right) say(said.name, "o", "field__ok", said.right, "right-icon");
        if (said.remark) say(said.name, "r", "field__hint", said.remark);
      }
      const advice = form.querySelector('[data-advice="credit_code"]');
      if (advice && told.fields.some((said) => said.name === "credit_code")) advice.innerHTML = told.advice || "";
    });
  };
  const asked = (target) => target.name && target.type !== "hidden" && target.type !== "submit" && target.name !== "sms_code" && target.name !== "manual_review";
  form.addEventListener("focusout", (event) => { if (asked(event.target)) check(event.target.name); });
  form.addEventListener("change", (event) => {
    if (asked(event.target) && (event.target.tagName === "SELECT" || event.target.type === "radio" || event.target.type === "checkbox")) check(event.target.name);
  });

  // ---- dates only where the document has them
  const kind = byId("document_kind");
  const dates = form.querySelector("[data-validity]");
  const showDates = () => { dates.hidden = !kind.selectedOptions[0].hasAttribute("data-dated"); };
  if (kind && dates) { kind.addEventListener("change", showDates); showDates(); }

  // ---- another kind of enterprise has another number
  const mobile = byId("mobile");
  for (const choice of form.querySelectorAll('[name="enterprise_type"]')) {
    choice.addEventListener("change", () => {
      if (!mobile.readOnly) return;
      mobile.readOnly = false;
      mobile.value = "";
      byId("mobile-h").textContent = mobile.dataset.open;
    });
  }

  // ---- the usual place: the one list as three
  const whole = form.querySelector("[data-region]");
  const list = byId("region");
  if (whole && list) {
    const wrong = list.getAttribute("aria-invalid");
    const described = list.getAttribute("aria-describedby");
    const [none, province] = list.querySelectorAll(":scope > option");
    const box = document.createElement("div");
    box.className = "region";
    const make = (id, label) => {
      const wrap = document.createElement("label");
      const select = document.createElement("select");
      select.className = "select";
      select.id = id;
      select.setAttribute("aria-describedby", "region-h");
      wrap.append(label, select);
      box.append(wrap);
      return select;
    };
    list.id = "region-value";
    list.hidden = true;
    const [first, second, third] = [["region", whole.dataset.province], ["region_prefecture", whole.dataset.prefecture], ["region_county", whole.dataset.county]].map(([id, label]) => make(id, label));
    first.setAttribute("aria-describedby", described);
    if (wrong) first.setAttribute("aria-invalid", wrong);
    const option = (select, value, text) => select.append(new Option(text, value));
    option(first, "", none.textContent);
    option(first, province.value, province.textContent);
    const groups = [...list.querySelectorAll("optgroup")];
    const fill = (select, from) => {
      select.replaceChildren();
      option(select, "", whole.dataset.whole);
      for (const one of from) option(select, one.value, one.textContent);
      select.disabled = from.length === 0;
    };
    const countiesOf = (prefecture) => {
      const group = groups.find((one) => one.children[0].value === prefecture);
      return group ? [...group.children].slice(1) : [];
    };
    const prefectures = groups.map((group) => group.children[0]);
    const chosen = list.value;
    const group = groups.find((one) => [...one.children].some((child) => child.value === chosen));
    first.value = chosen ? province.value : "";
    fill(second, chosen ? prefectures : []);
    second.value = group ? group.children[0].value : "";
    fill(third, countiesOf(second.value));
    third.value = group && chosen !== second.value ? chosen : "";
    const settle = () => {
      list.value = third.value || second.value || first.value;
      check("region");
    };
    first.addEventListener("change", () => { fill(second, first.value ? prefectures : []); fill(third, []); settle(); });
    second.addEventListener("change", () => { fill(third, countiesOf(second.value)); settle(); });
    third.addEventListener("change", settle);
    list.before(box);
  }

  // ---- the code by message: every press is answered
  const button = byId("get-code");
  const said = byId("sms-said");
  const count = (left) => {
    if (left <= 0) {
      button.removeAttribute("aria-disabled");
      button.textContent = form.dataset.code;
      return;
    }
    button.textContent = `${left} ${form.dataset.seconds}${form.dataset.again}`;
    if (left === 30 || left === 10) live.textContent = button.textContent;
    setTimeout(count, 1000, left - 1);
  };
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") {
      live.textContent = button.textContent;
      return;
    }
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.sending;
    said.textContent = "";
    const body = new URLSearchParams(new FormData(form));
    body.set("act", "code");
    for (const name of secret) body.delete(name);
    try {
      const told = await post(form.action, body);
      for (const name of told.judged) if (input(name)) clear(name, ["e"]);
      byId("form-top").innerHTML = told.summary;
      for (const box of form.querySelectorAll("[data-advice]")) {
        box.innerHTML = box.dataset.advice === told.advice_at ? told.advice : "";
      }
      byId("review").innerHTML = told.review;
      said.textContent = told.said;
      if (told.mobile) mobile.value = told.mobile;
      mobile.readOnly = told.locked;
      if (told.locked) byId("mobile-h").textContent = mobile.dataset.locked;
      let first = null;
      for (const [name, text] of told.errors) {
        const at = complain(name, text);
        first = first || at;
      }
      first = first || byId("form-top").querySelector(".err-summary");
      if (first) first.focus();
      count(told.wait_s);
    } catch {
      said.textContent = form.dataset.hint;
      count(0);
    }
  });
})();
