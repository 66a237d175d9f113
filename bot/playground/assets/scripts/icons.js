// Small pictures drawn here, so that they look the same on machines without an emoji font.

import { svg } from "./dom.js";

const PATHS = {
  lock: "M5 7V5a3 3 0 0 1 6 0v2m-8 0h10v7H3z",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  up: "M2 7.5h2.5v6H2zM4.5 7.5 7.5 2c1.5 0 2 1 1.6 2.4L8.6 6.5h4.2c1 0 1.5.8 1.2 1.7l-1.3 4.3c-.2.6-.6 1-1.3 1H4.5z",
  down: "M2 8.5h2.5v-6H2zM4.5 8.5 7.5 14c1.5 0 2-1 1.6-2.4l-.5-2.1h4.2c1 0 1.5-.8 1.2-1.7l-1.3-4.3c-.2-.6-.6-1-1.3-1H4.5z",
  bin: "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9M6.7 7v4M9.3 7v4",
  bolt: "M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z",
  close: "M3.5 3.5l9 9m0-9-9 9",
  back: "M9.5 3 4.5 8l5 5M4.5 8H14",
};

export function icon(name) {
  return svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "drawn" }, svg("path", { d: PATHS[name] }));
}
