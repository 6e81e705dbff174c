// A clustermap: the tree at the left, the standardized features as colours, the names at the right.

import { range } from "../shared/numbers.js";
import { hue, mark } from "../shared/svg.js";
import { treeLayout } from "../shared/tree.js";
import { esc } from "../shared/words.js";
import { rowTitle } from "./model.js";

const TREE = 170; // pixels
const SIDE = 20; // of a column of cells
const FAR = 2.5; // standard deviations of the strongest colour
const ENDS = [
  [5, 48, 97],
  [247, 247, 247],
  [103, 0, 31],
];
const clip = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

// Blue below the mean, red above it.
function shade(z) {
  const p = Math.max(-1, Math.min(1, z / FAR)) + 1,
    i = p < 1 ? 0 : 1;
  return ENDS[i].map((v, c) => Math.round(v + (p - i) * (ENDS[i + 1][c] - v)));
}

// The cells as one small image, a pixel each, which the picture stretches.
function cells(d, order, columns) {
  const canvas = document.createElement("canvas");
  canvas.width = columns.length;
  canvas.height = order.length;
  const paint = canvas.getContext("2d"),
    image = paint.createImageData(canvas.width, canvas.height);
  order.forEach((row, y) => {
    columns.forEach((j, x) => {
      image.data.set([...shade(d.first[row * d.width + j]), 255], 4 * (y * columns.length + x));
    });
  });
  paint.putImageData(image, 0, 0);
  return canvas.toDataURL("image/png");
}

export function leafName(d, point) {
  const name = rowTitle(d, d.near[point]);
  return d.count[point] > 1 ? `${d.count[point]} rows like ${name}` : name;
}

export function clustermap(d, cut, state) {
  const { merges, heights, order } = state.tree,
    m = order.length,
    columns = d.columns,
    high = Math.max(10, Math.min(15, 3600 / m)),
    names = order.map((p) => clip(leafName(d, p), 34)),
    heads = columns.map((j) => clip(d.features[j], 24)),
    top = 14 + 6.2 * Math.max(...heads.map((s) => s.length)),
    left = TREE + 22,
    right = left + SIDE * columns.length,
    width = Math.round(right + 14 + 6.6 * Math.max(...names.map((s) => s.length))),
    height = Math.round(top + high * m + 34),
    x = (v) => TREE * (1 - v / (Math.max(...heights) * 1.02 || 1)) + 2,
    y = (v) => top + high * (v + 0.5);
  const { x: at } = treeLayout(merges, order),
    tip = (node) => (node < m ? 0 : heights[node - m]);
  const paths = new Map();
  merges.forEach(([a, b], i) => {
    const c = state.colour(m + i),
      d1 =
        `M${x(tip(a)).toFixed(1)} ${y(at[a]).toFixed(1)}H${x(heights[i]).toFixed(1)}` +
        `V${y(at[b]).toFixed(1)}H${x(tip(b)).toFixed(1)}`;
    paths.set(c, (paths.get(c) ?? "") + d1);
  });
  let svg = "";
  for (const [c, path] of paths)
    svg += `<path fill="none" stroke="${hue(c)}" stroke-width="${c < 0 ? 1.2 : 1.8}" d="${path}"/>`;
  const t = state.cuts.t[state.values.t];
  svg +=
    `<line x1="${x(t)}" x2="${x(t)}" y1="${top}" y2="${top + high * m}" ` +
    `stroke="currentColor" stroke-width="1.5" stroke-dasharray="6 4"/>` +
    `<image href="${cells(d, order, columns)}" x="${left}" y="${top}" ` +
    `width="${SIDE * columns.length}" height="${high * m}" ` +
    `preserveAspectRatio="none" style="image-rendering:pixelated"/>`;
  order.forEach((p, i) => {
    const c = cut.labels[p];
    svg += mark(c, left - 11, y(i), 4, "mk", 'stroke="currentColor" stroke-width=".6"');
    const at = `x="${right + 6}" y="${(y(i) + 3.8).toFixed(1)}"`;
    svg += `<text ${at} data-leaf="${p}">${esc(names[i])}</text>`;
  });
  heads.forEach((name, i) => {
    const cx = left + SIDE * (i + 0.5) + 4;
    svg += `<text transform="translate(${cx} ${top - 5}) rotate(-90)">${esc(name)}</text>`;
  });
  svg += legend(left, top + high * m + 12);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" role="img" aria-label="${esc(told(d, cut, state))}" ` +
    `font-family="system-ui,sans-serif" font-size="11" fill="currentColor">${svg}</svg>`
  );
}

const told = (d, cut, state) =>
  `Clustermap: the tree by ${state.values.method} linkage, cut into ${cut.k} clusters, beside ` +
  `${d.columns.length} features of ${state.tree.order.length} ${d.second ? "code words" : "rows"}`;

function legend(x, y) {
  const colour = (i) => `rgb(${shade(((i - 10) / 10) * FAR).join(",")})`;
  const boxes = range(21).map(
    (i) => `<rect x="${x + 6 * i}" y="${y}" width="6.2" height="9" fill="${colour(i)}"/>`,
  );
  const words = "−2.5 to 2.5 standard deviations from the mean";
  return boxes.join("") + `<text x="${x + 132}" y="${y + 9}">${words}</text>`;
}
