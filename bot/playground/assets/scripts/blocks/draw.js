// Blocks -> nodes, kind by kind. `place` is where they stand: a message or a view.

import { el, safeUrl } from "../dom.js";
import { markdown } from "../markdown.js";
import { mrkdwn } from "../mrkdwn.js";
import { chart } from "./chart.js";
import { control } from "./controls.js";
import { input } from "./input.js";
import { rich } from "./rich.js";
import { dataTable, table } from "./tables.js";

export function draw(blocks, place) {
  return el("div.blocks", {}, blocks.map((block) => drawn(block, place)));
}

export function said(text) {
  return text.type === "mrkdwn" ? mrkdwn(text.text) : text.text.split("\n").flatMap((line, n) => (n ? [el("br"), line] : [line]));
}

function drawn(block, place) {
  const made = (KINDS[block.type] ?? unknown)(block, place);
  made.dataset.block = block.block_id;
  return made;
}

const unknown = (block) => el("p.unknown", {}, `(a block of type ${block.type})`);

function section(block, place) {
  const inside = [];
  if (block.text) inside.push(el("div.said", {}, said(block.text)));
  if (block.fields) inside.push(el("div.fields", {}, block.fields.map((one) => el("div", {}, said(one)))));
  if (block.accessory) inside.push(control(block.accessory, block, place));
  return el("div.b-section", {}, inside);
}

function context(block) {
  return el("div.b-context", {}, block.elements.map((one) => (one.type === "image" ? image(one) : el("span", {}, said(one)))));
}

function image(block) {
  const source = block.slack_file?.id ? `/files/${block.slack_file.id}` : null;
  const shown = source
    ? el("img", { src: source, alt: block.alt_text })
    : el("span", {}, `${block.alt_text} `, safeUrl(block.image_url) ? el("a", { href: block.image_url, target: "_blank", rel: "noopener noreferrer" }, "(open)") : "");
  return el("div.b-image", {}, block.title ? el("div.b-context", {}, said(block.title)) : null, shown);
}

const MARKS = { pending: "○", in_progress: "◔", complete: "✓", error: "✕" };

function task(one) {
  return el("div.task", {}, el("span", { role: "img", "aria-label": one.status.replace("_", " ") }, MARKS[one.status]),
    el("div", {}, one.title, one.details ? rich(one.details) : null, one.output ? rich(one.output) : null));
}

const KINDS = {
  header: (block) => el("h3.b-header", {}, block.text.text),
  section,
  context,
  image,
  divider: () => el("hr.b-divider"),
  actions: (block, place) => el("div.b-actions", {}, block.elements.map((one) => control(one, block, place))),
  context_actions: (block, place) => el("div.b-context_actions", {}, block.elements.map((one) => control(one, block, place))),
  markdown: (block) => el("div.b-markdown", {}, markdown(block.text)),
  rich_text: (block) => rich(block),
  table,
  data_table: dataTable,
  data_visualization: chart,
  input,
  plan: (block) => el("div.b-plan", {}, el("strong", {}, block.title), (block.tasks ?? []).map(task)),
  task_card: (block) => el("div.b-plan", {}, task(block)),
  alert: (block) => el(`div.b-alert.${block.level ?? "default"}`, { role: "note" }, said(block.text)),
};
