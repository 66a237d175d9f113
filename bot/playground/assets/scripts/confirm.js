// "Are you sure?", where an element asks for it.

import { byId, el } from "./dom.js";

export function confirmed(asked) {
  if (!asked) return Promise.resolve(true);
  const dialog = byId("confirm");
  return new Promise((resolve) => {
    const answer = (yes) => { dialog.close(); resolve(yes); };
    const strong = asked.style === "danger" ? "danger" : "primary";
    dialog.replaceChildren(
      el("header", {}, el("h2", { id: "confirm-title" }, asked.title.text)),
      el("div.inside", {}, asked.text.text),
      el("footer", {},
        el("button.button", { type: "button", onclick: () => answer(false) }, asked.deny?.text ?? "Cancel"),
        el(`button.button.${strong}`, { type: "button", autofocus: true, onclick: () => answer(true) }, asked.confirm?.text ?? "Yes")),
    );
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
}
