// Where messages are written. Enter sends, Shift+Enter starts a line; a slash command goes to the app.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { notify } from "./notice.js";
import { act, state } from "./store.js";

export function composer(form, { label, thread, sent }) {
  const area = el("textarea", { rows: 1, id: form.dataset.composer === "channel" ? "composer" : "composer-thread" });
  const send = async () => {
    const text = area.value.trim();
    if (!text || !state.place) return; // nothing came of the feed yet: what was typed stays
    area.value = "";
    grow(area);
    const done = await act("say", { channel: state.place, text, thread: thread() });
    if (done.failed) { notify(done.failed); area.value = text; }
    else sent?.(done, text);
  };
  area.addEventListener("input", () => grow(area));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  const row = el("div.row", {}, el("span.tip", {}, "Enter sends · Shift+Enter starts a new line"));
  if (form.dataset.composer === "channel") row.append(shortcuts(area));
  row.append(el("button.send", { type: "submit" }, "Send"));
  form.replaceChildren(area, row);
  return { name: () => { area.setAttribute("aria-label", label()); area.placeholder = label(); }, focus: () => area.focus(), say: (text) => { area.value = text; return send(); } };
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

// What the app offers beside messages: its commands, to be typed, and its global shortcuts, to be run.
function shortcuts(area) {
  const box = el("details", {}, el("summary", { "aria-label": "Commands and shortcuts" }, icon("bolt")));
  box.addEventListener("toggle", () => {
    if (!box.open) return;
    const pick = (run) => () => { box.open = false; box.querySelector("summary").focus(); run(); };
    const commands = (state.app.commands ?? []).map((one) => el("button", { type: "button", onclick: pick(() => { area.value = `${one.command} `; area.focus(); }) }, `${one.command} ${one.usage_hint ?? ""}`, el("small", {}, one.description)));
    const global = (state.app.shortcuts ?? []).filter((one) => one.type === "global").map((one) => el("button", { type: "button", onclick: pick(async () => {
      const done = await act("shortcut", { callback_id: one.callback_id });
      if (done.failed) notify(done.failed);
    }) }, one.name, el("small", {}, one.description)));
    box.querySelector(".menu")?.remove();
    box.append(el("div.menu", {}, commands, global));
  });
  return box;
}
