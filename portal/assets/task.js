// The waiting page: what the phone does is told by the portal, as it happens.
"use strict";
(() => {
  const card = document.querySelector(".qr-card[data-task]");
  if (!card || !window.EventSource) return;
  const names = ["qr", "claimed", "consented", "verifying", "approved", "rejected", "expired", "failed", "cancelled", "review"];
  const source = new EventSource(`/pc/tasks/${card.dataset.task}/events`);
  let ends = 0;
  const ring = () => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    const seconds = card.querySelector("[data-seconds]");
    if (!seconds) return;
    seconds.textContent = String(left);
    card.querySelector(".life").classList.toggle("life--low", left < 15);
    card.querySelector(".life__run").setAttribute("stroke-dashoffset", String(100 - (left / 120) * 100));
  };
  const set = (seconds) => { ends = performance.now() + seconds * 1000; ring(); };
  const shown = card.querySelector("[data-seconds]");
  if (shown) set(Number(shown.textContent));
  setInterval(ring, 1000);
  const hear = (event) => {
    const told = JSON.parse(event.data);
    if (told.html) {
      card.dataset.state = told.state;
      const head = document.getElementById("waiting-head");
      if (head && told.head) {
        head.innerHTML = told.head;
        const site = document.title.split(" - ").pop();
        document.title = `${head.querySelector("h1").textContent} - ${site}`;
      }
      card.innerHTML = told.html;
      const spinning = card.querySelector(".qr-card__veil .icon");
      if (spinning && told.state === "verifying") spinning.classList.add("spin");
      const onward = card.querySelector("[data-focus]");
      if (onward) onward.focus();
    } else if (card.dataset.state === told.state) {
      const code = card.querySelector(".qr");
      code.dataset.qr = told.code;
      code.querySelector("path").setAttribute("d", told.path);
      const typed = card.querySelectorAll(".digits span");
      (told.digits || []).forEach((group, at) => { if (typed[at]) typed[at].textContent = group; });
      set(told.seconds);
    } else {
      location.reload();
    }
    if (told.over) source.close();
  };
  for (const name of names) source.addEventListener(name, hear);
})();
