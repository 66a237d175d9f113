// Slack's own markup -> nodes: *bold*, _italic_, ~strike~, `code`, ```blocks```, quotes, links, mentions.

import { code as codeBlock } from "./blocks/code.js";
import { el, safeUrl } from "./dom.js";
import { channel, person } from "./store.js";

const EMOJI = {
  eyes: "👀", white_check_mark: "✅", warning: "⚠️", chart_with_upwards_trend: "📈", bar_chart: "📊",
  thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", lock: "🔒", bulb: "💡", house: "🏠", gear: "⚙️",
  scales: "⚖️", mag: "🔍", hourglass_flowing_sand: "⏳", pencil2: "✏️", books: "📚", x: "❌", tada: "🎉",
};
const SPAN = /```([\s\S]+?)```|`([^`\n]+)`|<([^<>]+)>|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])|:([a-z0-9_+-]+):/g;

const plain = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

export function mrkdwn(text) {
  const nodes = [];
  const lines = text.split("\n");
  let quoted = [], rest = [];
  const flush = () => {
    if (quoted.length) nodes.push(el("blockquote", {}, spans(quoted.join("\n"))));
    if (rest.length) nodes.push(...spans(rest.join("\n")));
    quoted = []; rest = [];
  };
  let fenced = false;
  for (const line of lines) {
    const quote = !fenced && /^(&gt;|>)/.test(line);
    if (quote ? rest.length : quoted.length) flush();
    if (quote) quoted.push(line.replace(/^(&gt;|>)\s*/, ""));
    else rest.push(line);
    if ((line.match(/```/g) ?? []).length % 2) fenced = !fenced;
  }
  flush();
  return nodes;
}

function spans(text) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(SPAN)) {
    nodes.push(...words(text.slice(at, found.index)), span(found));
    at = found.index + found[0].length;
  }
  return [...nodes, ...words(text.slice(at))];
}

function span([all, fence, code, link, bold, italic, strike, emoji]) {
  if (fence !== undefined) return codeBlock(plain(fence.replace(/^\n|\n$/g, "")));
  if (code !== undefined) return el("code", {}, plain(code));
  if (link !== undefined) return linked(link);
  if (bold !== undefined) return el("strong", {}, spans(bold));
  if (italic !== undefined) return el("em", {}, spans(italic));
  if (strike !== undefined) return el("s", {}, spans(strike));
  return emojiNode(emoji) ?? document.createTextNode(all);
}

export function emojiNode(name) {
  return EMOJI[name] ? el("span", { role: "img", "aria-label": name.replaceAll("_", " ") }, EMOJI[name]) : null;
}

function words(text) {
  return plain(text).split("\n").flatMap((line, place) => (place ? [el("br"), line] : [line]));
}

function linked(link) {
  const [target, label] = link.split("|");
  if (target.startsWith("@")) return el("span.mention", {}, `@${person(target.slice(1)).name}`);
  if (target.startsWith("#")) return el("span.mention", {}, `#${label ?? channel(target.slice(1))?.name ?? target.slice(1)}`);
  if (target.startsWith("!")) return el("span.mention", {}, plain(label ?? `@${target.slice(1)}`));
  return anchor(plain(target), plain(label ?? target));
}

export function anchor(url, label) {
  const safe = safeUrl(url);
  return safe ? el("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, label) : document.createTextNode(label);
}
