// An input of a form: its label, its control, its hint, and room for what is wrong with it.

import { el } from "../dom.js";
import { control } from "./controls.js";

let made = 0;

export function input(block, place) {
  const id = `input-${(made += 1)}`;
  const inner = control(block.element, block, place, { sends: Boolean(block.dispatch_action) });
  const optional = block.optional ? el("span.optional", {}, " (optional)") : null;
  const hint = block.hint ? el("span.hint", { id: `${id}-hint` }, block.hint.text) : null;
  const wrong = el("span.wrong", { id: `${id}-wrong`, role: "alert" });
  const target = inner.matches("fieldset") ? inner : inner.matches("span") ? inner.querySelector("input") : inner;
  target.setAttribute("aria-describedby", [hint ? `${id}-hint` : "", `${id}-wrong`].join(" ").trim());
  if (target === inner && inner.matches("fieldset")) {
    inner.prepend(el("legend", {}, block.label.text, optional));
    return el("div.field", {}, inner, hint, wrong);
  }
  target.id = id;
  target.removeAttribute("aria-label");
  if (!block.optional) target.setAttribute("aria-required", "true");
  return el("div.field", {}, el("label", { for: id }, block.label.text, optional), inner, hint, wrong);
}
