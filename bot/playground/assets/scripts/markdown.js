// Standard Markdown, as far as Slack's markdown block and its streams go -> nodes.

import { code } from "./blocks/code.js";
import { el } from "./dom.js";
import { anchor } from "./mrkdwn.js";

const SPAN = /`([^`\n]+)`|\[([^\]\n]+)\]\(([^)\s]+)\)|\*\*([^\n]+?)\*\*|(?<![\w*])\*([^*\n]+?)\*(?!\w)|(?<!\w)_([^_\n]+?)_(?!\w)|~~([^\n]+?)~~/g;

export function markdown(text) {
  const lines = text.split("\n"), nodes = [];
  for (let at = 0; at < lines.length;) at = block(lines, at, nodes);
  return nodes;
}

function block(lines, at, nodes) {
  const line = lines[at];
  if (line.startsWith("```")) return fence(lines, at, nodes);
  if (/^\s*\|.*\|\s*$/.test(line) && /^\s*\|[\s:|-]+\|\s*$/.test(lines[at + 1] ?? "")) return table(lines, at, nodes);
  if (/^\s*([-*•]|\d+[.)])\s+/.test(line)) return list(lines, at, nodes);
  const heading = /^#{1,6}\s+(.*)$/.exec(line);
  if (heading) nodes.push(el("h3", {}, spans(heading[1])));
  else if (/^(---+|\*\*\*+)$/.test(line.trim())) nodes.push(el("hr.b-divider"));
  else if (line.startsWith(">")) nodes.push(el("blockquote", {}, spans(line.replace(/^>\s?/, ""))));
  else if (line.trim()) return paragraph(lines, at, nodes);
  return at + 1;
}

function paragraph(lines, at, nodes) {
  const inside = [];
  let next = at;
  while (next < lines.length && lines[next].trim() && (next === at || !/^(```|#|>|\s*([-*•]|\d+[.)])\s|\s*\|)/.test(lines[next]))) {
    inside.push(...(next > at ? [el("br")] : []), ...spans(lines[next]));
    next += 1;
  }
  nodes.push(el("p", {}, inside));
  return next;
}

function fence(lines, at, nodes) {
  const end = lines.findIndex((line, place) => place > at && line.startsWith("```"));
  const stop = end < 0 ? lines.length : end;
  nodes.push(code(lines.slice(at + 1, stop).join("\n")));
  return stop + 1;
}

function list(lines, at, nodes) {
  const ordered = /^\s*\d/.test(lines[at]), items = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    const item = /^\s*(?:[-*•]|\d+[.)])\s+(.*)$/.exec(lines[next]);
    if (!item) break;
    items.push(el("li", {}, spans(item[1])));
  }
  const start = ordered ? /\d+/.exec(lines[at])[0] : null;
  nodes.push(el(ordered ? "ol" : "ul", { start }, items));
  return next;
}

function table(lines, at, nodes) {
  const cells = (line) => line.trim().slice(1, -1).split("|").map((one) => spans(one.trim()));
  const head = el("tr", {}, cells(lines[at]).map((one) => el("th", { scope: "col" }, one)));
  let next = at + 2;
  const rows = [];
  for (; /^\s*\|.*\|\s*$/.test(lines[next] ?? ""); next += 1) {
    rows.push(el("tr", {}, cells(lines[next]).map((one) => el("td", {}, one))));
  }
  nodes.push(el("div.scroll", { tabindex: 0, role: "region", "aria-label": "Table" }, el("table", {}, el("thead", {}, head), el("tbody", {}, rows))));
  return next;
}

function spans(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(SPAN)) {
    nodes.push(text.slice(at, found.index), span(found));
    at = found.index + found[0].length;
  }
  return [...nodes, text.slice(at)];
}

function span([, code, label, url, bold, italic, under, strike]) {
  if (code !== undefined) return el("code", {}, code);
  if (label !== undefined) return anchor(url, label);
  if (bold !== undefined) return el("strong", {}, spans(bold));
  if (strike !== undefined) return el("s", {}, spans(strike));
  return el("em", {}, spans(italic ?? under));
}
