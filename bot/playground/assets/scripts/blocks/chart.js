// Charts -> SVG with a legend, and the same figures as a table for who cannot see it.

import { el, svg } from "../dom.js";

const WIDTH = 640, HEIGHT = 260, LEFT = 58, RIGHT = 12, TOP = 10, BOTTOM = 30;
const colour = (n) => `var(--c${n % 12})`;

export function chart(block) {
  const { chart: data, title } = block;
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `${data.type} chart: ${title}` });
  const names = data.type === "pie" ? pie(picture, data) : axes(picture, data);
  const legend = el("ul.legend", {}, names.map((name, n) => {
    const swatch = el("i");
    swatch.style.background = colour(n);
    return el("li", {}, swatch, name);
  }));
  return el("figure.chart", {}, el("figcaption", {}, title), picture, names.length > 1 ? legend : null, figures(data));
}

function figures(data) {
  const rows = data.type === "pie" ? data.segments.map((one) => [one.label, one.value])
    : data.axis_config.categories.map((label) => [label, ...data.series.map((one) => one.data.find((p) => p.label === label).value)]);
  const head = data.type === "pie" ? ["Part", "Value"] : [data.axis_config.x_label || "Period or group", ...data.series.map((one) => one.name)];
  return el("details", {}, el("summary", {}, "Figures"), el("table", {},
    el("thead", {}, el("tr", {}, head.map((one) => el("th", { scope: "col" }, one)))),
    el("tbody", {}, rows.map(([label, ...values]) => el("tr", {}, el("th", { scope: "row" }, label), values.map((one) => el("td.right", {}, String(one))))))));
}

function steps(low, high) {
  const rough = (high - low || Math.abs(high) || 1) / 4, unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * unit).find((n) => n >= rough);
  const marks = [];
  for (let mark = Math.floor(low / step) * step; mark < high + step * 0.999; mark += step) marks.push(Number(mark.toPrecision(10)));
  return marks;
}

const short = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 2 });

function axes(picture, data) {
  const { categories, x_label: x, y_label: y } = data.axis_config;
  const values = data.series.flatMap((one) => one.data.map((point) => point.value));
  const spread = Math.max(...values) - Math.min(...values), floor = Math.min(...values);
  const low = data.type === "line" && floor > 0 && spread < floor ? floor - spread * 0.15 : Math.min(0, floor);
  const marks = steps(low, Math.max(...values, low + 1e-9)), bottom = marks[0], top = marks.at(-1);
  const yOf = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - bottom) / (top - bottom || 1));
  const band = (WIDTH - LEFT - RIGHT) / categories.length;
  const xOf = (n) => LEFT + band * (n + 0.5);
  for (const mark of marks) {
    picture.append(svg("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: yOf(mark), y2: yOf(mark) }),
      svg("text", { x: LEFT - 8, y: yOf(mark) + 4, "text-anchor": "end" }, short.format(mark)));
  }
  const every = Math.ceil(categories.length / 8);
  categories.forEach((label, n) => {
    if ((categories.length - 1 - n) % every === 0) picture.append(svg("text", { x: xOf(n), y: HEIGHT - 10, "text-anchor": "middle" }, label));
  });
  if (y) picture.append(svg("title", {}, [y, x].filter(Boolean).join(" by ")));
  data.series.forEach((one, n) => series(picture, data, one, n, { xOf, yOf, band, bottom }));
  return data.series.map((one) => one.name);
}

function series(picture, data, one, n, { xOf, yOf, band, bottom }) {
  const at = new Map(one.data.map((point) => [point.label, point.value]));
  const values = data.axis_config.categories.map((label) => at.get(label));
  if (data.type === "bar") {
    const wide = (band * 0.72) / data.series.length, zero = yOf(Math.max(0, bottom));
    values.forEach((value, place) => picture.append(svg("rect", {
      x: xOf(place) - band * 0.36 + wide * n, width: Math.max(1, wide - 2), y: Math.min(zero, yOf(value)),
      height: Math.max(1, Math.abs(zero - yOf(value))), rx: 2, fill: colour(n),
    })));
    return;
  }
  const points = values.map((value, place) => `${xOf(place)},${yOf(value)}`).join(" ");
  if (data.type === "area") {
    const zero = yOf(Math.max(0, bottom));
    picture.append(svg("polygon", { points: `${xOf(0)},${zero} ${points} ${xOf(values.length - 1)},${zero}`, fill: colour(n), "fill-opacity": 0.25 }));
  }
  picture.append(svg("polyline", { class: "line", points, stroke: colour(n) }));
  values.forEach((value, place) => picture.append(svg("circle", { cx: xOf(place), cy: yOf(value), r: 3.2, fill: colour(n) })));
}

function pie(picture, data) {
  const total = data.segments.reduce((sum, one) => sum + one.value, 0), radius = 110, cx = WIDTH / 2, cy = HEIGHT / 2;
  let angle = -Math.PI / 2;
  data.segments.forEach((one, n) => {
    const end = angle + (one.value / total) * 2 * Math.PI, large = end - angle > Math.PI ? 1 : 0;
    const from = [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)], to = [cx + radius * Math.cos(end), cy + radius * Math.sin(end)];
    picture.append(data.segments.length === 1 ? svg("circle", { cx, cy, r: radius, fill: colour(0) })
      : svg("path", { d: `M${cx},${cy} L${from} A${radius},${radius} 0 ${large} 1 ${to} Z`, fill: colour(n) }));
    angle = end;
  });
  return data.segments.map((one) => one.label);
}
