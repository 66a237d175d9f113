// Buttons, menus and other controls: drawn, read, and sent when somebody uses them.

import { confirmed } from "../confirm.js";
import { el, safeUrl } from "../dom.js";
import { icon as drawn } from "../icons.js";
import { notify } from "../notice.js";
import { act, channelName, state } from "../store.js";

const readers = new WeakMap();

// What was chosen or typed in all controls inside an element, in the shape of Slack's state.values.
export function stateOf(container) {
  const values = {};
  for (const one of container.querySelectorAll("[data-control]")) {
    const { block, action } = one.dataset;
    (values[block] ??= {})[action] = { type: one.dataset.control, ...readers.get(one)() };
  }
  return values;
}

export function control(element, block, place, { sends = true } = {}) {
  const made = (KINDS[element.type] ?? unknown)(element, { block, place, sends });
  made.dataset.focus = `${place.ts ?? place.view} ${block.block_id} ${element.action_id}`;
  return made;
}

const unknown = (element) => el("span.unknown", {}, `(an element of type ${element.type})`);

async function send(element, { block, place, sends }, origin, chosen) {
  if (!sends || origin.ariaDisabled === "true" || !(await confirmed(element.confirm))) return;
  const frame = origin.closest(".blocks");
  origin.ariaDisabled = "true"; // and not disabled, which would take the focus away
  const done = await act("click", { ...place, state: stateOf(frame), chosen: { block_id: block.block_id, action_id: element.action_id, ...chosen } });
  origin.ariaDisabled = null;
  if (done.failed) notify(done.failed);
}

// A control with a value of its own: remembered so that stateOf can read it, sent when it changes.
function kept(root, element, where, read, changing = root) {
  Object.assign(root.dataset, { control: element.type, block: where.block.block_id, action: element.action_id });
  readers.set(root, read);
  changing.addEventListener("change", () => send(element, where, changing, read()));
  return root;
}

function button(element, where) {
  const style = element.style ? `.${element.style}` : "";
  const made = el(`button.button${style}`, { type: "button", "aria-label": element.accessibility_label }, element.text.text);
  made.addEventListener("click", () => {
    if (safeUrl(element.url)) window.open(element.url, "_blank", "noopener");
    send(element, where, made, {});
  });
  return made;
}

function feedback(element, where) {
  const pair = [["up", element.positive_button], ["down", element.negative_button]].map(([mark, one]) => {
    const made = el("button.icon", { type: "button", title: one.text.text, "aria-label": one.accessibility_label ?? one.text.text, "aria-pressed": "false" }, drawn(mark));
    made.addEventListener("click", () => {
      pair.forEach((other) => other.setAttribute("aria-pressed", String(other === made)));
      send(element, where, made, { value: one.value });
    });
    return made;
  });
  return el("span", {}, pair);
}

function icon(element, where) {
  const made = el("button.icon", { type: "button", title: element.text.text, "aria-label": element.accessibility_label ?? element.text.text }, drawn("bin"));
  made.addEventListener("click", () => send(element, where, made, {}));
  return made;
}

function overflow(element, where) {
  const menu = el("details.overflow", {}, el("summary", { "aria-label": "More" }, "⋯"));
  const items = element.options.map((option) => el("button", { type: "button", onclick: (event) => {
    menu.open = false;
    send(element, where, event.currentTarget, { selected_option: option });
  } }, option.text.text));
  menu.append(el("div.menu", {}, items));
  return menu;
}

const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

const choice = (value, label, chosen) => el("option", { value, selected: chosen }, label);

function select(element, where) {
  const options = optionsOf(element), first = element.initial_option?.value;
  const items = (list) => list.map((one) => choice(one.value, one.text.text, one.value === first));
  const inside = element.option_groups ? element.option_groups.map((group) => el("optgroup", { label: group.label.text }, items(group.options))) : items(options);
  return menu(element, where, inside, first, (value) => ({ selected_option: options.find((one) => one.value === value) ?? null }));
}

function menu(element, where, inside, first, chosen) {
  const empty = el("option", { value: "", selected: first === undefined }, element.placeholder?.text ?? "Choose…");
  const made = el("select.control", { "aria-label": element.placeholder?.text ?? "Choose" }, empty, inside);
  return kept(made, element, where, () => chosen(made.value));
}

const peopleMenu = (element, where) => menu(element, where, state.people.filter((one) => !one.bot).map((one) => choice(one.id, one.name, one.id === element.initial_user)), element.initial_user, (value) => ({ selected_user: value || null }));

function channelMenu(field) {
  const first = (element) => element[`initial_${field}`] ?? (element.default_to_current_conversation ? state.place : undefined);
  return (element, where) => menu(element, where, state.channels.map((one) => choice(one.id, one.kind === "im" ? channelName(one) : `#${one.name}`, one.id === first(element))), first(element), (value) => ({ [`selected_${field}`]: value || null }));
}

function many(type, name, options, initial, chosen) {
  return (element, where) => {
    const list = options(element), picked = new Set(initial(element));
    const boxes = list.map((one) => el("input", { type, name: `${where.block.block_id} ${element.action_id}`, value: one.value, checked: picked.has(one.value) }));
    const made = el(`fieldset${name}`, {}, list.map((one, n) => el("label", {}, boxes[n], el("span", {}, one.text.text, one.description ? el("small.hint", {}, ` ${one.description.text}`) : null))));
    return kept(made, element, where, () => chosen(boxes.filter((one) => one.checked).map((one) => list[boxes.indexOf(one)])));
  };
}

const values = (list = []) => list.map((one) => one.value);
const ids = (list) => list.map((one) => one.value);
const asOption = (value, text) => ({ value, text: { text } });
const checkboxes = many("checkbox", "", optionsOf, (one) => values(one.initial_options), (picked) => ({ selected_options: picked }));
const radios = many("radio", "", optionsOf, (one) => (one.initial_option ? [one.initial_option.value] : []), ([picked]) => ({ selected_option: picked ?? null }));
const manyOptions = many("checkbox", ".many", optionsOf, (one) => values(one.initial_options), (picked) => ({ selected_options: picked }));
const manyPeople = many("checkbox", ".many", () => state.people.filter((one) => !one.bot).map((one) => asOption(one.id, one.name)), (one) => one.initial_users ?? [], (picked) => ({ selected_users: ids(picked) }));
const manyChannels = (field) => many("checkbox", ".many", () => state.channels.map((one) => asOption(one.id, one.name || channelName(one))), (one) => one[`initial_${field}`] ?? [], (picked) => ({ [`selected_${field}`]: ids(picked) }));

function external(element, where) {
  const id = `options-${where.block.block_id}-${element.action_id}`, list = el("datalist", { id });
  const box = el("input.control", { list: id, autocomplete: "off", placeholder: element.placeholder?.text ?? "Type to search", value: element.initial_option?.text.text, "aria-label": element.placeholder?.text ?? "Search" });
  let options = element.initial_option ? [element.initial_option] : [];
  const look = async () => {
    const found = options.some((one) => one.text.text === box.value);
    if (found || box.value.length < (element.min_query_length ?? 3) || !where.place.view) return;
    options = (await act("suggest", { view: where.place.view, block_id: where.block.block_id, action_id: element.action_id, typed: box.value })).options ?? [];
    list.replaceChildren(...options.map((one) => el("option", { value: one.text.text })));
  };
  box.addEventListener("input", look);
  box.addEventListener("focus", look);
  return kept(el("span", {}, box, list), element, where, () => ({ selected_option: options.find((one) => one.text.text === box.value) ?? null }), box);
}

function typed(type, field, initial) {
  return (element, where) => {
    const box = element.multiline || type === "textarea"
      ? el("textarea.control", { rows: 3 }) : el("input.control", { type, step: element.is_decimal_allowed ? "any" : null, min: element.min_value, max: element.max_value });
    box.value = element[initial] ?? "";
    if (element.placeholder) box.placeholder = element.placeholder.text;
    if (element.max_length) box.maxLength = element.max_length;
    return kept(box, element, where, () => field(box.value));
  };
}

const asValue = (value) => ({ value: value || null });
const asRich = (value) => ({ rich_text_value: value ? { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: value }] }] } : null });

const KINDS = {
  button, icon_button: icon, feedback_buttons: feedback, overflow, static_select: select, external_select: external,
  users_select: peopleMenu, conversations_select: channelMenu("conversation"), channels_select: channelMenu("channel"),
  checkboxes, radio_buttons: radios, multi_static_select: manyOptions, multi_users_select: manyPeople,
  multi_conversations_select: manyChannels("conversations"), multi_channels_select: manyChannels("channels"),
  plain_text_input: typed("text", asValue, "initial_value"), email_text_input: typed("email", asValue, "initial_value"),
  url_text_input: typed("url", asValue, "initial_value"), number_input: typed("number", asValue, "initial_value"),
  rich_text_input: typed("textarea", asRich, ""),
  datepicker: typed("date", (value) => ({ selected_date: value || null }), "initial_date"),
  timepicker: typed("time", (value) => ({ selected_time: value || null }), "initial_time"),
  datetimepicker: typed("datetime-local", (value) => ({ selected_date_time: value ? Math.floor(new Date(value) / 1000) : null }), ""),
};
