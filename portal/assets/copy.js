// A copy's page: printing, and how long the link still lives.
"use strict";
(() => {
  const print = document.getElementById("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  const left = document.querySelector("[data-left]");
  if (!left) return;
  const [minutes, seconds] = left.textContent.match(/[^\d\s]+/g) || ["", ""];
  const ends = performance.now() + Number(left.dataset.left) * 1000;
  const tell = () => {
    const rest = Math.max(0, Math.floor((ends - performance.now()) / 1000));
    if (rest > 0) {
      left.textContent = `${Math.floor(rest / 60)} ${minutes} ${rest % 60} ${seconds}`;
      setTimeout(tell, 1000);
      return;
    }
    left.parentElement.textContent = left.dataset.ended;
  };
  tell();
})();
