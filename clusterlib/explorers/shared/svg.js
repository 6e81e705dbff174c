// Marks, lines and text as strings of SVG.

import { MARKS, POLYGONS } from "./marks.js";
import { esc } from "./words.js";

const shapes = new Map();
export const shape = (marker, r) => {
  const key = marker + r;
  if (!shapes.has(key)) {
    const corners = POLYGONS[marker];
    shapes.set(
      key,
      corners
        ? "M" +
            corners.map(([x, y]) => `${+(x * r).toFixed(2)} ${+(y * r).toFixed(2)}`).join("L") +
            "Z"
        : `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
    );
  }
  return shapes.get(key);
};
export const LINKED = 400; // rows; larger sets are drawn without links between the panels
export const hue = (c) => (c < 0 ? "currentColor" : MARKS[c % MARKS.length].colour);
export const mark = (c, x, y, r = 4, cls = "mk", extra = "") =>
  `<path class="${cls}" ${extra} ` +
  `d="${c < 0 ? shape("o", r * 0.55) : shape(MARKS[c % MARKS.length].marker, r)}"` +
  ` transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" ` +
  `${cls === "ho" ? "" : `fill="${c < 0 ? "#7F7F7F" : hue(c)}"`}/>`;
export const dash = (c) => {
  const pattern = c < 0 ? [] : MARKS[c % MARKS.length].dashes;
  return pattern.length ? ` stroke-dasharray="${pattern.join(" ")}"` : "";
};
export const text = (x, y, s, anchor = "middle", extra = "") =>
  `<text x="${(+x).toFixed(1)}" y="${(+y).toFixed(1)}" text-anchor="${anchor}" ` +
  `${extra}>${esc(s)}</text>`;
export const line = (x1, y1, x2, y2, cls = "ax", extra = "") =>
  `<line class="${cls}" x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" ` +
  `y2="${y2.toFixed(1)}" ${extra}/>`;
export const polyline = (points, cls = "ln", extra = "") =>
  `<polyline class="${cls}" ` +
  `points="${points.map((p) => `${p[0].toFixed(1)},${p[1].toFixed(1)}`).join(" ")}" ${extra}/>`;
export const icon = (c) =>
  `<svg viewBox="-9 -9 18 18" aria-hidden="true">${mark(c, 0, 0, 5.5)}</svg>`;
export const weighed = (w, max = w && Math.max(...w)) =>
  w && ((i) => 1.2 + 3.8 * Math.sqrt(w[i] / max)); // radius of a mark
