// The work beside the puzzle, off the page's thread: the first number whose SHA-256 together with
// the puzzle's name begins with enough zero bits. One block a number, so that a phone is quick.
"use strict";
(() => {
  const K = new Int32Array(64);
  const START = new Int32Array(8);
  const fraction = (root) => ((root - Math.floor(root)) * 0x100000000) | 0;
  for (let n = 2, found = 0; found < 64; n++) {
    let prime = true;
    for (let by = 2; by * by <= n; by++) if (n % by === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    K[found++] = fraction(Math.cbrt(n));
  }
  const W = new Int32Array(64);
  const block = new Uint8Array(64);
  // Only the first 32 bits of the digest: nobody asks for more zeros.
  const hash = (length) => {
    for (let i = 0; i < 16; i++) {
      const at = i * 4;
      W[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
    }
    W[15] = length * 8;
    for (let i = 16; i < 64; i++) {
      const x = W[i - 15];
      const y = W[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = START;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    return (a + START[0]) >>> 0;
  };
  const search = (puzzle, bits) => {
    const head = `${puzzle}:`;
    for (let i = 0; i < head.length; i++) block[i] = head.charCodeAt(i);
    for (let number = 0; ; number++) {
      const digits = String(number);
      block.fill(0, head.length);
      for (let i = 0; i < digits.length; i++) block[head.length + i] = digits.charCodeAt(i);
      const length = head.length + digits.length;
      block[length] = 0x80;
      if (Math.clz32(hash(length)) >= bits) return digits;
    }
  };
  self.onmessage = (event) => {
    self.postMessage(search(event.data.puzzle, event.data.bits));
  };
})();
