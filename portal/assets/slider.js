// The puzzle: the piece follows the range, the movement is noted, and a worker does the work.
"use strict";
(() => {
  const range = document.getElementById("slider");
  const picture = document.querySelector("[data-puzzle]");
  const track = document.getElementById("track");
  const work = document.getElementById("work");
  if (!range || !picture || !track || !work) return;
  const piece = picture.querySelector(".puzzle__piece");
  const form = range.form;
  const button = document.getElementById("submit");
  const points = [];
  let begun = 0;
  let asked = false;
  piece.style.top = `${(Number(picture.dataset.y) / 150) * 100}%`;
  range.value = "0";
  const place = () => { piece.style.left = `${(Number(range.value) / 400) * 100}%`; };
  const note = () => {
    const now = Math.round(performance.now());
    if (points.length === 0) begun = now;
    points.push(`${now - begun}:${range.value}`);
    if (points.length > 600) points.splice(1, points.length - 600);
    track.value = points.join(",");
    place();
  };
  range.addEventListener("input", note);
  // Where it was let go: who taps the right place at once has moved all the same.
  range.addEventListener("pointerdown", note);
  range.addEventListener("change", note);
  place();

  work.value = "";
  if (window.Worker) {
    const worker = new Worker("/assets/work.js");
    worker.onmessage = (event) => {
      work.value = event.data;
      worker.terminate();
      if (asked) form.requestSubmit(button);
    };
    worker.postMessage({ puzzle: picture.dataset.puzzle, bits: Number(picture.dataset.bits) });
    form.addEventListener("submit", (event) => {
      const doing = event.submitter && event.submitter.value;
      if (work.value !== "" || (doing && doing !== "sign_in")) return;
      event.preventDefault();
      asked = true;
      button.setAttribute("aria-disabled", "true");
      button.textContent = button.dataset.wait;
    });
  }
})();
