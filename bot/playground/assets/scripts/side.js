// The channels at the side, and who you are.

import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { channelName, state } from "./store.js";

export function showSide(go) {
  const item = (one) => {
    const mark = one.kind === "im" ? el("img", { src: "/assets/icon.svg", alt: "", width: 20, height: 20 }) : { group: icon("lock"), channel: one.shared ? "⇄" : "#" }[one.kind] ?? "#";
    const spoken = { group: "private channel", channel: one.shared ? "channel shared with another company" : "channel", im: "app" }[one.kind] ?? "";
    const current = one.id === state.place, unread = state.unread.has(one.id);
    return el("li", {}, el(`button${unread ? ".unread" : ""}`, { type: "button", "aria-current": current ? "page" : null, "data-focus": `go ${one.id}`, title: one.topic, onclick: () => go(one.id) },
      el("span.mark", { "aria-hidden": "true" }, mark), el("span.name", {}, channelName(one)), el("span.unseen", {}, `${spoken}${unread ? ", new messages" : ""}`)));
  };
  const group = (title, list) => (list.length ? [el("h2", {}, title), el("ul", {}, list.map(item))] : []);
  const focused = document.activeElement?.dataset?.focus;
  byId("side").replaceChildren(
    ...group("Apps", state.channels.filter((one) => one.kind === "im")),
    ...group("Channels", state.channels.filter((one) => one.kind !== "im")),
    el("p.hint", {}, `In a channel, write `, el("kbd", {}, `@${state.app.name}`), ` and your question, or `, el("kbd", {}, "/metrics"), `. Switch person at the top right: what each may see differs.`),
  );
  if (focused) byId("side").querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

export function showPeople(become) {
  const box = byId("people");
  box.replaceChildren(...state.people.filter((one) => !one.bot).map((one) => el("option", { value: one.id, selected: one.id === state.me }, `${one.name} – ${one.title}`)));
  box.onchange = () => become(box.value);
}
