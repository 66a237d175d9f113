// The modal on top of the stack: drawn, filled in, submitted, closed.

import { stateOf } from "./blocks/controls.js";
import { draw } from "./blocks/draw.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { act, state } from "./store.js";

const dialog = byId("modal");
let shown = "";

dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });

export function showModal() {
  const view = state.modals.at(-1);
  const print = view ? `${view.id} ${view.hash}` : "";
  if (print === shown) return;
  const typed = dialog.open && view && shown.startsWith(`${view.id} `) ? stateOf(dialog) : null;
  shown = print;
  if (!view) { dialog.close(); return; }
  const place = document.activeElement?.dataset?.focus;
  dialog.replaceChildren(form(view));
  if (typed) keep(typed);
  if (!dialog.open) dialog.showModal();
  else (dialog.querySelector(`[data-focus="${CSS.escape(place ?? "")}"]`) ?? dialog.querySelector(".inside")).focus();
}

function form(view) {
  const deep = state.modals.length > 1;
  const blocks = draw(view.blocks, { view: view.id });
  const failed = el("span.failed", { role: "alert" });
  const submit = view.submit ? el("button.button.primary", { type: "submit" }, view.submit.text) : null;
  const made = el("form", { novalidate: true },
    el("header", {}, deep ? el("button.icon", { type: "button", "aria-label": "Back", onclick: close }, icon("back")) : null,
      el("h2", { id: "modal-title" }, view.title.text),
      el("button.icon", { type: "button", "aria-label": "Close", onclick: () => close({ everything: true }) }, icon("close"))),
    el("div.inside", { tabindex: 0, role: "group", "aria-labelledby": "modal-title" }, blocks),
    el("footer", {}, failed, el("button.button", { type: "button", onclick: close }, view.close?.text ?? (submit ? "Cancel" : "Close")), submit));
  made.addEventListener("submit", (event) => { event.preventDefault(); send(view, blocks, failed, submit); });
  return made;
}

async function send(view, blocks, failed, submit) {
  if (submit.ariaDisabled === "true") return;
  submit.ariaDisabled = "true";
  const done = await act("submit", { view: view.id, state: stateOf(blocks) });
  submit.ariaDisabled = null;
  failed.textContent = done.failed ?? "";
  for (const field of blocks.querySelectorAll(".field")) {
    field.querySelector(".wrong").textContent = done.errors?.[field.dataset.block] ?? "";
  }
  const first = Object.keys(done.errors ?? {})[0];
  if (first) blocks.querySelector(`[data-block="${CSS.escape(first)}"] :is(input, select, textarea)`)?.focus();
}

// What was typed stays where the app only changed the rest of the view, as in Slack.
function keep(typed) {
  for (const one of dialog.querySelectorAll("[data-control]")) {
    const value = typed[one.dataset.block]?.[one.dataset.action];
    if (value && "value" in value && "value" in one) one.value = value.value ?? "";
  }
}

function close({ everything = false } = {}) {
  const view = state.modals.at(-1);
  if (view) act("close", { view: view.id, everything });
}
