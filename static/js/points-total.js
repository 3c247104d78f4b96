// Says what the typed points add up to, a moment after the last change. It changes no box and the page works without it.
(() => {
  "use strict";
  const line = document.getElementById("points-total");
  const boxes = [...document.querySelectorAll("main input[inputmode=decimal]")];
  const heard = document.getElementById("status");
  let timer = 0;

  const plain = (typed) => typed.replace(/\p{Nd}/gu, digit).replace(/[\s%٪]/gu, "").replace(/[,٫]/gu, ".");

  // Digits of every script stand in runs of ten, and each run starts at its nought.
  function digit(sign) {
    let value = 0;
    for (let code = sign.codePointAt(0) - 1; /\p{Nd}/u.test(String.fromCodePoint(code)) && value < 9; code -= 1) value += 1;
    return String(value);
  }

  function total() {
    const numbers = boxes.map((box) => plain(box.value)).filter((typed) => typed !== "").map(Number);
    const sum = numbers.reduce((whole, number) => whole + number, 0);
    return numbers.length && Number.isFinite(sum) && numbers.every((number) => number >= 0) ? Math.round(sum * 10) / 10 : null;
  }

  function tell() {
    const sum = total();
    if (sum === null || sum === 0) line.textContent = "";
    else if (sum === 100) line.textContent = line.dataset.whole;
    else line.textContent = line.dataset.other.replace("TOTAL", sum.toLocaleString(document.documentElement.lang));
    if (heard) heard.textContent = line.textContent;
  }

  for (const box of boxes) {
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(tell, 700);
    });
  }
})();
