// The puzzle: the piece follows the range, and the movement is noted.
"use strict";
(() => {
  const range = document.getElementById("slider");
  const picture = document.querySelector("[data-puzzle]");
  const track = document.getElementById("track");
  if (!range || !picture || !track) return;
  const piece = picture.querySelector(".puzzle__piece");
  const points = [];
  let begun = 0;
  piece.style.top = `${(Number(picture.dataset.y) / 150) * 100}%`;
  range.value = "0";
  const place = () => { piece.style.left = `${(Number(range.value) / 400) * 100}%`; };
  range.addEventListener("input", () => {
    const now = Math.round(performance.now());
    if (points.length === 0) begun = now;
    points.push(`${now - begun}:${range.value}`);
    if (points.length > 600) points.splice(1, points.length - 600);
    track.value = points.join(",");
    place();
  });
  place();
})();
