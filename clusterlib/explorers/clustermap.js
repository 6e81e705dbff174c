// A heat map between the tree of its observations and the tree of its features.

import { arms, levelOf } from "./shared/arms.js";
import { sizes, splitCut } from "./shared/flat_clusters.js";
import { clamp, mean, range, squared } from "./shared/numbers.js";
import { scale } from "./shared/scales.js";
import { asNamed, dataSelect, select } from "./shared/specs.js";
import { icon, line, text } from "./shared/svg.js";
import { table } from "./shared/tables.js";

const WARM = [213, 94, 0];
const COLD = [0, 114, 178];

// Cold below the mean, warm above it.
export function shade(v) {
  const share = Math.min(Math.abs(v) / 2.5, 1);
  const mixed = (v < 0 ? COLD : WARM).map((c) => Math.floor(247 + share * (c - 247) + 0.5));
  return `rgb(${mixed})`;
}

const listed = (all) => all.slice(0, 5).join(", ") + (all.length > 5 ? ", ..." : "");

export const view = {
  defaults: () => ({ data: "wine", method: "ward", order: "tree", k: 3, g: 2 }),
  state(values, data) {
    const set = data.sets[values.data];
    const { X } = set;
    const v = { ...values, k: clamp(values.k, 1, X.length), g: clamp(values.g, 1, X[0].length) };
    const [rows, columns] = set.trees[v.method];
    const order = rows.orders[v.order];
    const { labels, colour } = splitCut(rows.merges, rows.orders.tree, v.k);
    const parts = splitCut(columns.merges, columns.orders.tree, v.g);
    const groups = parts.labels;
    const block = (c, b) =>
      mean(X.flatMap((x, i) => (labels[i] === c ? x.filter((_, j) => groups[j] === b) : [])));
    const means = range(v.k).map((c) => range(v.g).map((b) => block(c, b)));
    const steps = order.slice(1).map((i, at) => Math.sqrt(squared(X[i], X[order[at]])));
    return {
      values: v,
      set,
      rows: { ...rows, order, colour },
      columns: { ...columns, order: columns.orders[v.order], colour: parts.colour },
      labels,
      groups,
      means,
      apart: mean(steps),
    };
  },
  controls: (s, data) => [
    select("order", "Order", s.values.order, Object.entries(data.orders)),
    ...["k", "g"].map((key, axis) => {
      const max = axis ? s.groups.length : s.labels.length;
      return { type: "range", key, min: 1, max, value: s.values[key], text: `${s.values[key]}` };
    }),
    dataSelect(data, s.values.data),
    select("method", "Linkage method", s.values.method, asNamed(data.methods)),
  ],
  panels: () => [
    { key: "map", title: "Drag the dashed lines to cut the two trees", height: () => 420 },
    { key: "blocks", title: "Means of the blocks, in standard deviations", html: true },
  ],
  draw: {
    map(w, h, s) {
      const label =
        `Heat map of ${s.set.title} and ${s.groups.length} features, warm above the mean` +
        (s.asking ? "" : `, cut into ${s.values.k} by ${s.values.g} blocks`);
      return { ...picture(w, h, s), ...(s.asking ? { title: "The table in order" } : {}), label };
    },
    blocks: (_w, _h, s) => ({
      html: table(
        ["cluster", ...range(s.values.g).map((b) => `group ${b + 1}`)],
        s.means.map((row, c) => [
          { html: `${icon(c)} ${c + 1}` },
          ...row.map((v) => v.toFixed(2)),
        ]),
      ),
    }),
  },
  drag: {
    map({ handle, x, y }, s) {
      const above = (tree, v) => tree.heights.filter((height) => height > v).length + 1;
      return handle === "rows" ? { k: above(s.rows, y) } : { g: above(s.columns, x) };
    },
  },
  status(s) {
    const flat = s.means.flat().map((v) => Math.abs(+v.toFixed(4)));
    const at = flat.indexOf(Math.max(...flat));
    const [c, b] = [Math.floor(at / s.values.g), at % s.values.g];
    return (
      `${s.set.title}, ${s.values.method} linkage: ` +
      `clusters of ${listed(sizes(s.labels))}; ` +
      `features in groups of ${listed(sizes(s.groups))}. ` +
      `Neighbours are ${s.apart.toFixed(2)} apart on average. Farthest from the mean is ` +
      `cluster ${c + 1} in group ${b + 1}: ${s.means[c][b].toFixed(2)} standard deviations.`
    );
  },
};

function picture(w, h, s) {
  const { X, names } = s.set;
  const narrow = w < 500;
  const [left, right] = [clamp(0.13 * w, 44, 110), w - (narrow ? 110 : 144)];
  const [top, bottom] = [Math.round(h * 0.3), h - 4];
  const [wide, high] = [(right - left) / X.length, (bottom - top) / names.length];
  const y = scale(0, Math.max(...s.rows.heights) * 1.08, top - 4, 4);
  const x = scale(0, Math.max(...s.columns.heights) * 1.08, left - 4, 4);
  const column = (i) => left + (s.rows.order.indexOf(i) + 0.5) * wide;
  const cells = X.map((row, i) => {
    const cell = (v, j) =>
      `<rect x="${(column(i) - wide / 2).toFixed(1)}" y="${(top + j * high).toFixed(1)}" ` +
      `width="${(wide + 0.3).toFixed(1)}" height="${(high + 0.3).toFixed(1)}" ` +
      `fill="${shade(v)}"/>`;
    const inOrder = s.columns.order.map((j) => row[j]);
    return `<g data-rows="${i}">${inOrder.map(cell).join("")}</g>`;
  });
  const size = `style="font-size:${narrow ? 9.5 : 12.5}px"`;
  const words = s.columns.order.map((j, at) =>
    text(right + 5, top + (at + 0.5) * high + 4, names[j], "start", size),
  );
  const spot = (place, v) => [left + (place + 0.5) * wide, y(v)];
  const across = (place, v) => [x(v), top + (place + 0.5) * high];
  const trees = (colour, other) =>
    arms(s.rows, s.rows.order, spot, colour) +
    arms(s.columns, s.columns.order, across, other, false);
  if (s.asking) return { svg: trees(() => -1, () => -1) + cells.join("") + words.join("") };
  const svg =
    trees(s.rows.colour, s.columns.colour) + cells.join("") + words.join("") +
    borders(s.rows.order, s.labels, (at) => {
      const p = left + at * wide;
      return [p, top, p, bottom];
    }) +
    borders(s.columns.order, s.groups, (at) => {
      const p = top + at * high;
      return [left, p, right, p];
    }) +
    cuts(s, { x, y, left, right, top, bottom });
  return { svg, x, y };
}

// A line wherever two neighbours belong to different parts.
const borders = (order, labels, ends) =>
  order
    .map((i, at) =>
      at && labels[i] !== labels[order[at - 1]]
        ? line(...ends(at), "ax", 'style="stroke:#111;stroke-width:2.5"')
        : "",
    )
    .join("");

function cuts(s, { x, y, left, right, top, bottom }) {
  const a = x(levelOf(s.columns.heights, s.values.g));
  const b = y(levelOf(s.rows.heights, s.values.k));
  const box = (handle, cls, px, py, width, height) =>
    `<rect class="${cls}" fill="transparent" data-handle="${handle}" x="${px.toFixed(1)}" ` +
    `y="${py.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}"/>`;
  return (
    line(left, b, right, b, "cut") +
    line(a, top, a, bottom, "cut") +
    box("rows", "hit", left, b - 14, right - left, 28) +
    box("columns", "grab", a - 14, top, 28, bottom - top)
  );
}
