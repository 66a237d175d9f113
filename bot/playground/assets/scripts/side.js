// The channels at the side, and who you are.

import { byId, el, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { channelName, state } from "./store.js";

export function showSide(go) {
  const show = (box, list) => {
    const items = list.map((one) => ({ one, key: one.id, current: one.id === state.place, unread: state.unread.has(one.id) }));
    reconcile(byId(box), items.map((item) => ({ ...item, print: JSON.stringify(item) })), (item) => line(item, go));
    byId(box).previousElementSibling.hidden = !items.length;
  };
  show("apps", state.channels.filter((one) => one.kind === "im"));
  show("channels", state.channels.filter((one) => one.kind !== "im"));
  byId("side-app").textContent = `@${state.app.name}`;
}

function line({ one, current, unread }, go) {
  const mark = one.kind === "im" ? el("img", { src: "/assets/icon.svg", alt: "", width: 20, height: 20 }) : { group: icon("lock"), channel: one.shared ? "⇄" : "#" }[one.kind] ?? "#";
  const spoken = { group: "private channel", channel: one.shared ? "channel shared with another company" : "channel", im: "app" }[one.kind] ?? "";
  return el("li", {}, el(`button${unread ? ".unread" : ""}`, { type: "button", "aria-current": current ? "page" : null, "data-focus": `go ${one.id}`, title: one.topic, onclick: () => go(one.id) },
    el("span.mark", { "aria-hidden": "true" }, mark), el("span.name", {}, channelName(one)), el("span.unseen", {}, `${spoken}${unread ? ", new messages" : ""}`)));
}

export function showPeople(become) {
  const box = byId("people");
  const items = state.people.filter((one) => !one.bot).map(({ id, name, title }) => {
    const words = `${name} – ${title}`;
    return { key: id, print: words, id, words };
  });
  reconcile(box, items, ({ id, words }) => el("option", { value: id }, words));
  box.value = state.me;
  box.onchange = () => become(box.value);
}
