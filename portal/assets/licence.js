// The licence's code: the page asks how it stands, and goes on when somebody decided.
"use strict";
(() => {
  const card = document.querySelector(".qr-card[data-licence]");
  if (!card || !window.fetch) return;
  const shown = card.querySelector("[data-seconds]");
  const whole = 180;
  let ends = performance.now() + Number(shown.textContent) * 1000;
  const ring = () => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    shown.textContent = String(left);
    card.querySelector(".life").classList.toggle("life--low", left < 15);
    card.querySelector(".life__run").setAttribute("stroke-dashoffset", String(100 - Math.min(100, (left / whole) * 100)));
  };
  setInterval(ring, 1000);
  const ask = async () => {
    let pause = 2000;
    try {
      const answer = await fetch("/login/licence/state", { headers: { accept: "application/json" } });
      const told = await answer.json();
      if (told.state === "waiting") {
        ends = performance.now() + told.seconds * 1000;
      } else if (told.state === "unavailable") {
        pause = 5000;
      } else {
        location.assign("/login/licence");
        return;
      }
    } catch {
      pause = 5000;
    }
    setTimeout(ask, pause);
  };
  setTimeout(ask, 2000);
})();
