// One sentence at the bottom, read out and gone again.

import { byId } from "./dom.js";

let timer = 0;

export function notify(sentence) {
  const box = byId("notice");
  box.textContent = sentence;
  box.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => box.classList.remove("shown"), 6000);
}
