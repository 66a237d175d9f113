// Elements out of plain values. Text is only ever set as text: nothing here parses HTML.

export function el(tag, attributes = {}, ...inside) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name);
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "colour") made.style.setProperty("--face", value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== ""));
  return made;
}

export function svg(tag, attributes = {}, ...inside) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

export const byId = (id) => document.getElementById(id);

// Children for items, those that did not change kept as they are: focus, open menus and typed text stay.
export function reconcile(container, items, build) {
  const before = new Map([...container.children].map((one) => [one.dataset.key, one]));
  const wanted = items.map(({ key, print, ...item }) => {
    const old = before.get(key);
    if (old && old.dataset.print === print) return old;
    const made = build(item);
    made.dataset.key = key;
    made.dataset.print = print;
    return made;
  });
  const focused = document.activeElement?.dataset?.focus;
  wanted.forEach((one, place) => {
    if (container.children[place] !== one) container.insertBefore(one, container.children[place] ?? null);
  });
  while (container.children.length > wanted.length) container.lastElementChild.remove();
  if (focused && !document.activeElement?.dataset?.focus) {
    container.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }
}

export function safeUrl(url) {
  return /^(https?:|mailto:)/i.test(url ?? "") ? url : null;
}
