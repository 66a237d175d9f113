// The page: channels at the side, one of them in the middle, a thread beside it, a modal above all.

import { draw } from "./blocks/draw.js";
import { composer } from "./composer.js";
import { byId, el, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { messageNode } from "./message.js";
import { showModal } from "./modal.js";
import { showPeople, showSide } from "./side.js";
import { act, channel, channelName, connect, repliesTo, rootsIn, state } from "./store.js";
import { startTheme } from "./theme.js";

const here = () => channel(state.place);
const write = composer(document.querySelector('[data-composer="channel"]'), {
  label: () => `Message ${here()?.kind === "im" ? channelName(here()) : `#${here()?.name}`}`,
  thread: () => undefined,
  sent: (done, text) => { if (done.ts && (here().kind === "im" || text.toLowerCase().includes(`@${state.app.name.toLowerCase()}`))) open(done.ts); },
});
const reply = composer(document.querySelector('[data-composer="thread"]'), { label: () => (!here() || here().kind === "im" ? "Reply…" : `Reply… (@${state.app.name} to ask)`), thread: () => state.thread });

function show() {
  const place = here();
  byId("app-name").textContent = state.app.name;
  byId("title").replaceChildren(...(place.kind === "im" ? [] : place.kind === "group" ? [icon("lock"), " "] : ["# "]), channelName(place));
  byId("topic").textContent = place.kind === "im" ? "" : place.topic;
  showSide(go);
  showPeople(become);
  showTabs(place);
  showLog(byId("log"), rootsIn(state.place), false);
  showPrompts(place);
  showThread();
  showModal();
  write.name();
  reply.name();
}

function showTabs(place) {
  const atHome = place.kind === "im" && state.app.has_home && state.tab === "home";
  const tabs = [["home", "Home"], ["messages", "Messages"]].map(([id, name]) => ({ key: id, print: String(id === state.tab), id, name }));
  byId("tabs").hidden = place.kind !== "im" || !state.app.has_home;
  reconcile(byId("tabs"), tabs, ({ id, name }) => el("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-selected": String(id === state.tab), "data-focus": `tab ${id}`, onclick: () => turn(id) }, name));
  byId("skip").setAttribute("href", atHome ? "#home" : "#composer");
  byId("home").hidden = !atHome;
  byId("log").hidden = byId("foot").hidden = atHome;
  const items = state.home ? [{ key: "home", print: state.home.hash }] : [];
  reconcile(byId("home"), atHome ? items : [], () => draw(state.home.blocks, { view: state.home.id }));
}

function showLog(box, messages, inThread) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80, last = box.lastElementChild;
  const items = messages.map((message) => ({ key: message.ts, print: JSON.stringify([message, inThread ? 0 : repliesTo(message.channel, message.ts).length]), message, inThread, open }));
  const extra = inThread ? statusItems() : messages.length ? [] : [{ key: "empty", print: state.place, empty: true }];
  reconcile(box, [...items, ...extra], (item) => (item.empty ? empty() : item.status ? status(item) : messageNode(item)));
  const own = messages.at(-1)?.user === state.me; // what one writes is always shown, however far up one had read
  if ((atEnd || own) && box.lastElementChild !== last) requestAnimationFrame(() => showEnd(box));
}

// The end of the log, but never past the beginning of its newest message: a long answer is read from its top.
function showEnd(box) {
  const [asked, newest] = [...box.querySelectorAll(":scope > .message")].slice(-2);
  const first = newest && asked.offsetHeight > 120 ? newest : asked;
  box.scrollTop = box.scrollHeight;
  if (first && first.offsetTop - box.offsetTop < box.scrollTop) box.scrollTop = first.offsetTop - box.offsetTop - 8;
}

function empty() {
  const place = here();
  if (place.kind === "im") return el("div.empty", {}, el("img", { src: "/assets/icon.svg", alt: "", width: 56, height: 56 }), el("strong", {}, channelName(place)), state.app.about);
  return el("div.empty", {}, el("strong", {}, `# ${place.name}`), `${place.topic}. Write @${state.app.name} and a question.`);
}

function statusItems() {
  const key = `${state.place} ${state.thread}`, words = state.status.get(key) ?? (state.working.has(key) ? "is working…" : "");
  return words ? [{ key: "status", print: words, status: words }] : [];
}

function status({ status: words }) {
  const stop = state.app.stoppable ? el("button.button", { type: "button", onclick: () => act("stop", { channel: state.place, thread: state.thread }) }, "Stop") : null;
  return el("div.status", {}, el("span", {}, `${state.app.name} ${words}`), stop);
}

function showPrompts(place) {
  const offered = place.kind === "im" && !state.thread ? state.prompts[place.id] : null;
  const prompts = offered?.prompts ?? [], title = offered?.title || "Try one of these";
  const heading = prompts.length ? [{ key: "heading", print: title }] : [];
  const buttons = prompts.map((one) => ({ key: one.title, print: one.message, one }));
  reconcile(byId("prompts"), [...heading, ...buttons], ({ one }) => (one ? el("button", { type: "button", "data-focus": one.title, title: one.message, onclick: () => write.say(one.message) }, one.title) : el("h3", {}, title)));
}

function showThread() {
  const root = state.thread && state.messages.get(`${state.place} ${state.thread}`);
  byId("thread").hidden = !root;
  document.body.classList.toggle("with-thread", Boolean(root));
  if (!root) return;
  byId("thread-place").textContent = here().kind === "im" ? channelName(here()) : `#${here().name}`;
  showLog(byId("thread-log"), [root, ...repliesTo(state.place, state.thread)], true);
}

function open(ts) {
  if (byId("thread-log").dataset.root !== ts) byId("thread-log").replaceChildren();
  byId("thread-log").dataset.root = ts;
  state.thread = ts;
  show();
  reply.focus();
}

function go(place) {
  Object.assign(state, { place, thread: null, tab: "messages" });
  state.unread.delete(place);
  byId("log").replaceChildren();
  show();
  if (here().kind === "im") act("home", { tab: "messages" });
  else act("look", { channel: place });
  write.focus();
}

function turn(tab) {
  Object.assign(state, { tab, thread: null });
  show();
  act("home", { tab });
}

function become(id) {
  Object.assign(state, { me: id, thread: null, place: null, tab: "messages" });
  byId("log").replaceChildren();
  listen();
}

function listen() {
  connect((change) => {
    show();
    if (change.what !== "everything") return;
    if (here().kind === "im") act("home", { tab: state.tab });
    write.focus();
  });
}

byId("thread-close").addEventListener("click", () => { state.thread = null; show(); write.focus(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || byId("modal").open || byId("confirm").open) return;
  const menu = document.querySelector("details[open]:has(> .menu)");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (state.thread) byId("thread-close").click();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[open]:has(> .menu)")) if (!menu.contains(event.target)) menu.open = false;
});
history.replaceState(null, "", "/");
startTheme();
listen();
