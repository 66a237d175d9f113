// A block of code with a button that copies it, as Slack shows one when it is pointed at.

import { el } from "../dom.js";
import { notify } from "../notice.js";

export function code(...inside) {
  const text = el("pre", { tabindex: 0 }, inside);
  const copy = el("button.copy", { type: "button", onclick: () => written(text.innerText) }, "Copy");
  return el("div.code", {}, text, copy);
}

async function written(words) {
  try {
    await navigator.clipboard.writeText(words);
    notify("Copied.");
  } catch {
    notify("This browser does not let the page copy: mark the text and copy it yourself.");
  }
}
