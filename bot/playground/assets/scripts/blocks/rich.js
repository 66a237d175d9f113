// Rich text -> nodes.

import { el } from "../dom.js";
import { anchor, emojiNode } from "../mrkdwn.js";
import { code } from "./code.js";
import { channel, person } from "../store.js";

export function rich(block) {
  return el("div.rich", {}, block.elements.map(holder));
}

function holder(one) {
  if (one.type === "rich_text_list") {
    const made = el(one.style === "ordered" ? "ol" : "ul", { start: one.offset ? one.offset + 1 : null }, one.elements.map((item) => el("li", {}, leaves(item))));
    made.style.marginLeft = `${(one.indent ?? 0) * 20}px`;
    return made;
  }
  if (one.type === "rich_text_preformatted") return code(...leaves(one));
  const tags = { rich_text_quote: "blockquote" };
  return el(tags[one.type] ?? "div", {}, leaves(one));
}

const leaves = (one) => one.elements.map(leaf);

function leaf(one) {
  if (one.type === "text") return styled(one.style, one.text.split("\n").flatMap((line, n) => (n ? [el("br"), line] : [line])));
  if (one.type === "link") return anchor(one.url, one.text ?? one.url);
  if (one.type === "emoji") return emojiNode(one.name) ?? `:${one.name}:`;
  if (one.type === "user") return el("span.mention", {}, `@${person(one.user_id).name}`);
  if (one.type === "channel") return el("span.mention", {}, `#${channel(one.channel_id)?.name ?? one.channel_id}`);
  if (one.type === "broadcast") return el("span.mention", {}, `@${one.range}`);
  if (one.type === "date") return one.fallback ?? new Date(one.timestamp * 1000).toLocaleDateString("en-GB");
  return "";
}

function styled(style = {}, nodes) {
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };
  return Object.entries(tags).reduce((inside, [key, tag]) => (style[key] ? [el(tag, {}, inside)] : inside), nodes);
}
