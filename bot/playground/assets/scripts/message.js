// One message: who, when, what, and what can be done with it.

import { draw } from "./blocks/draw.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { emojiNode, mrkdwn } from "./mrkdwn.js";
import { act, person, repliesTo, state } from "./store.js";
import { notify } from "./notice.js";

const FACES = ["#0b6e4f", "#7b2d8b", "#b3541e", "#5c5470", "#2f5d8a"];

export function face(one) {
  if (one.bot) return el("span.face", { "aria-hidden": "true" }, el("img", { src: "/assets/icon.svg", alt: "", width: 36, height: 36 }));
  const letters = one.name.length <= 4 ? one.name : one.name.split(" ").map((word) => word[0]).join("").toUpperCase();
  const place = state.people.filter((other) => !other.bot).findIndex((other) => other.id === one.id);
  return el("span.face", { "aria-hidden": "true", colour: FACES[Math.max(0, place) % FACES.length] }, letters);
}

export const timeOf = (ts) => new Date(Number(ts) * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export function messageNode({ message, inThread, open }) {
  const by = person(message.user), place = { channel: message.channel, ts: message.ts };
  const words = message.blocks?.length ? draw(message.blocks, place) : el("div", {}, mrkdwn(message.text ?? ""));
  const made = el(`article.message${message.only_for ? ".private" : ""}`, { "aria-label": `${by.name} at ${timeOf(message.ts)}` },
    face(by),
    el("div", {},
      el("div.by", {}, el("span.name", {}, by.name), by.bot ? el("span.badge", {}, "APP") : null, el("time", {}, timeOf(message.ts)),
        message.edited && !by.bot ? el("span.edited", {}, "(edited)") : null),
      el(`div.words${message.streaming ? ".streaming" : ""}`, {}, words),
      (message.files ?? []).map(file), reactions(message)),
  );
  if (message.only_for) made.append(el("div.note", {}, icon("eye"), " Only visible to you"));
  if (!inThread) made.append(...summary(message, open));
  made.append(tools(message, inThread, open));
  return made;
}

function file(one) {
  const picture = /\.(png|jpe?g|gif)$/i.test(one.name);
  return el("div.file", {}, picture ? el("img", { src: `/files/${one.id}`, alt: one.alt_txt || one.name }) : one.name);
}

function reactions(message) {
  if (!message.reactions) return null;
  return el("div.reactions", {}, message.reactions.map((one) => el("span", {}, emojiNode(one.name) ?? `:${one.name}:`, ` ${one.count}`)));
}

function summary(message, open) {
  const replies = repliesTo(message.channel, message.ts);
  if (!replies.length) return [];
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return [el("button.summary", { type: "button", "data-focus": `replies ${message.ts}`, onclick: () => open(message.ts) }, count, el("small", {}, `Last one at ${timeOf(replies.at(-1).ts)}`))];
}

function tools(message, inThread, open) {
  const items = [];
  if (!inThread && !message.only_for) items.push(el("button", { type: "button", onclick: () => open(message.ts) }, "Reply in thread"));
  const more = [];
  const add = (label, run) => more.push(el("button", { type: "button", onclick: (event) => { const menu = event.currentTarget.closest("details"); menu.open = false; menu.querySelector("summary").focus(); run(); } }, label));
  for (const one of state.app.shortcuts ?? []) {
    if (one.type === "message" && !message.only_for) add(one.name, () => shortcut(message, one));
  }
  if (message.user === state.me) {
    add("Edit", () => edit(message));
    add("Delete", () => act("delete", { channel: message.channel, ts: message.ts }));
  }
  if (more.length) items.push(el("details", {}, el("summary", { "aria-label": "More actions" }, "⋯"), el("div.menu", {}, more)));
  return el("div.tools", {}, items);
}

async function shortcut(message, one) {
  const done = await act("shortcut", { channel: message.channel, ts: message.ts, callback_id: one.callback_id });
  if (done.failed) notify(done.failed);
}

async function edit(message) {
  const box = document.querySelector(`[data-key="${CSS.escape(message.ts)}"] .words`);
  const before = message.text.replace(/<@(\w+)>/g, (_, id) => `@${person(id).name}`).replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  const area = el("textarea.control", { "aria-label": "Edit your message", rows: 2 });
  area.value = before;
  const save = () => act("edit", { channel: message.channel, ts: message.ts, text: area.value });
  area.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); save(); } });
  box.replaceChildren(area, el("div.b-actions", {}, el("button.button.primary", { type: "button", onclick: save }, "Save")));
  area.focus();
}
