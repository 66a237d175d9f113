// What this person sees, kept up to date by the feed; and what they do, sent back.

export const state = {
  me: sessionStorage.getItem("me") ?? "U0CRO",
  place: null, tab: "messages", thread: null, unread: new Set(),
  people: [], channels: [], messages: new Map(), status: new Map(), working: new Set(), prompts: {}, modals: [],
  home: null, app: {}, bot: "",
};

let feed = null;

export function connect(changed) {
  feed?.close();
  sessionStorage.setItem("me", state.me);
  feed = new EventSource(`/feed?as=${encodeURIComponent(state.me)}`);
  feed.onmessage = (event) => {
    const change = JSON.parse(event.data);
    (TAKE[change.what] ?? (() => {}))(change);
    changed(change);
  };
}

const keyOf = (message) => `${message.channel} ${message.ts}`;
const placeOf = (change) => `${change.channel} ${change.thread}`;

const TAKE = {
  everything(all) {
    Object.assign(state, {
      people: all.people, channels: all.channels, prompts: all.prompts, modals: all.modals, home: all.home,
      app: all.app, bot: all.bot, unread: new Set(), working: new Set(),
    });
    state.messages = new Map(all.messages.map((one) => [keyOf(one), one]));
    state.status = new Map(all.status.map((one) => [placeOf(one), one.status]));
    if (!channel(state.place)) Object.assign(state, { place: direct()?.id ?? all.channels[0].id, thread: null });
  },
  message({ message }) {
    const isNew = !state.messages.has(keyOf(message));
    state.messages.set(keyOf(message), message);
    if (isNew && message.channel !== state.place && message.user !== state.me) state.unread.add(message.channel);
  },
  gone({ message }) { state.messages.delete(keyOf(message)); },
  status(change) {
    if (change.status) state.status.set(placeOf(change), change.status);
    else state.status.delete(placeOf(change));
  },
  session(change) {
    if (change.status === "processing") state.working.add(placeOf(change));
    else state.working.delete(placeOf(change));
  },
  prompts(change) { state.prompts[change.channel] = change.prompts; },
  channel(change) { state.channels.push(change.channel); },
  home(change) { state.home = change.home; },
  modals(change) { state.modals = change.modals; },
};

export async function act(name, sent = {}) {
  try {
    const response = await fetch(`/do/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: state.me, ...sent }),
    });
    return response.ok ? await response.json() : { failed: await response.text() };
  } catch {
    return { failed: "The playground does not answer: is it still running?" };
  }
}

export const person = (id) => state.people.find((one) => one.id === id) ?? { id, name: id, title: "" };
export const channel = (id) => state.channels.find((one) => one.id === id);
export const direct = () => state.channels.find((one) => one.kind === "im");
export const channelName = (one) => (one.kind === "im" ? state.app.name : one.name);

export function rootsIn(place) {
  return [...state.messages.values()].filter(
    (one) => one.channel === place && (!one.thread_ts || one.thread_ts === one.ts),
  );
}

export function repliesTo(place, root) {
  return [...state.messages.values()].filter(
    (one) => one.channel === place && one.thread_ts === root && one.ts !== root,
  );
}
