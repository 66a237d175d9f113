// Tables: the plain one, and the one with pages and sorting.

import { el } from "../dom.js";
import { rich } from "./rich.js";

const words = (one) => (one.type === "rich_text" ? rich(one).textContent : String(one.text ?? one.value));

function cell(tag, one, settings = {}, more = {}) {
  const made = el(tag, more, one.type === "rich_text" ? rich(one) : words(one));
  if (settings?.align && settings.align !== "left") made.classList.add(settings.align);
  if (settings?.is_wrapped) made.classList.add("wrap");
  return made;
}

// It can be scrolled from the keyboard, so it has a name; a landmark for each answer would be too many.
const framed = (label, ...inside) => el("div.scroll", { tabindex: 0, role: "group", "aria-label": label }, inside);

export function table(block) {
  const [head, ...rows] = block.rows, settings = block.column_settings ?? [];
  const top = el("tr", {}, head.map((one, n) => cell("th", one, settings[n], { scope: "col" })));
  const body = rows.map((row) => el("tr", {}, row.map((one, n) => cell("td", one, settings[n]))));
  return framed(`Table: ${head.map(words).join(", ")}`, el("table", {}, el("thead", {}, top), el("tbody", {}, body)));
}

export function dataTable(block) {
  const [head, ...rows] = block.rows, size = block.page_size ?? 5, key = block.row_header_column_index ?? 0;
  const numeric = head.map((_, n) => rows.every((row) => row[n].type === "raw_number"));
  const shown = { page: 0, by: null, down: false };
  const frame = framed(block.caption);
  const render = () => frame.replaceChildren(
    el("table", {}, el("caption", {}, block.caption), el("thead", {}, headings()), el("tbody", {}, page())), ...pager());
  const headings = () => el("tr", {}, head.map((one, n) => {
    const sorted = shown.by === n ? (shown.down ? "descending" : "ascending") : "none";
    const mark = { none: "", ascending: " ↑", descending: " ↓" }[sorted];
    const button = el("button", { type: "button", onclick: () => sort(n) }, `${one.text ?? one.value}${mark}`);
    return el(`th${numeric[n] ? ".right" : ""}`, { scope: "col", "aria-sort": sorted }, button);
  }));
  const sort = (n) => {
    Object.assign(shown, { by: n, down: shown.by === n && !shown.down, page: 0 });
    render();
    frame.querySelectorAll("th button")[n].focus();
  };
  const valueOf = (row) => row[shown.by].value ?? row[shown.by].text ?? "";
  const ordered = () => {
    if (shown.by === null) return rows;
    const up = [...rows].sort((a, b) => (numeric[shown.by] ? valueOf(a) - valueOf(b) : String(valueOf(a)).localeCompare(String(valueOf(b)), "en", { numeric: true })));
    return shown.down ? up.reverse() : up;
  };
  const page = () => ordered().slice(shown.page * size, (shown.page + 1) * size).map((row) => el("tr", {}, row.map((one, n) =>
    cell(n === key ? "th" : "td", one, { align: numeric[n] ? "right" : "left", is_wrapped: true }, n === key ? { scope: "row" } : {}))));
  const turn = (by) => { shown.page += by; render(); };
  const pager = () => (rows.length <= size ? [] : [el("div.pager", {},
    el("button.button", { type: "button", disabled: shown.page === 0, onclick: () => turn(-1) }, "Previous"),
    el("span", { role: "status" }, `${shown.page * size + 1}–${Math.min(rows.length, (shown.page + 1) * size)} of ${rows.length}`),
    el("button.button", { type: "button", disabled: (shown.page + 1) * size >= rows.length, onclick: () => turn(1) }, "Next"))]);
  render();
  return frame;
}
