// Points, clusters and the cells of code words.

import { frame } from "./frame.js";
import { MARKS } from "./marks.js";
import { range } from "./numbers.js";
import { extent } from "./scales.js";
import { LINKED, mark, polyline, text } from "./svg.js";

// Thousands of points: one path for each colour.  groups: [[colour, opacity, [indices]], ...]
export function cloud(points, groups, f, r = 1.6) {
  return groups
    .map(
      ([colour, opacity, members]) =>
        `<path fill="${colour}" opacity="${opacity}" d="` +
        members
          .map(
            (i) =>
              `M${f.x(points[i][0]).toFixed(1)} ${(f.y(points[i][1]) - r).toFixed(1)}l${r} ` +
              `${r}l${-r} ${r}l${-r} ${-r}z`,
          )
          .join("") +
        '"/>',
    )
    .join("");
}
// Points with their cluster's colour and marker; words are the code words.
export function scatter(w, h, o) {
  const all = o.points.concat(o.words ?? []);
  const f = frame(w, h, {
    x: o.x ?? extent(all.map((p) => p[0])),
    y: o.y ?? extent(all.map((p) => p[1])),
    equal: o.equal ?? true,
    xlabel: o.xlabel,
    ylabel: o.ylabel,
  });
  let svg = f.svg;
  const r = o.r ?? (o.points.length > 1000 ? 1.8 : o.points.length > 250 ? 3 : 4.2);
  if (o.cells) svg += cells(o.words, f);
  if (o.under) svg += o.under(f);
  for (let i = 0; i < o.points.length; i++)
    svg += mark(
      o.labels ? o.labels[i] : -1,
      f.x(o.points[i][0]),
      f.y(o.points[i][1]),
      o.size ? o.size(i) : r,
      "mk",
      o.points.length <= LINKED ? `data-rows="${i}"` : "",
    );
  for (const [i, p] of (o.old ?? []).entries()) svg += mark(i, f.x(p[0]), f.y(p[1]), 7, "ho");
  for (const places of o.trails ?? [])
    svg += polyline(
      places.map(([x, y]) => [f.x(x), f.y(y)]),
      "tr",
    );
  for (const [i, p] of (o.words ?? []).entries()) {
    const word = mark(
      o.wordLabels ? o.wordLabels[i] : i,
      f.x(p[0]),
      f.y(p[1]),
      7.5,
      `wd${o.drag ? " grab" : ""}`,
      o.drag ? `data-handle="${i}"` : "",
    );
    svg += o.from ? walking(word, o.from[i], p, f) : word;
  }
  if (o.labels) svg += clusterNumbers(o, f);
  if (o.over) svg += o.over(f);
  return { ...f, svg };
}
// A mark that comes from the place where its code word stood before.
function walking(word, from, to, f) {
  const [x, y] = [f.x(from[0]) - f.x(to[0]), f.y(from[1]) - f.y(to[1])];
  return `<g class="clx-walk" style="--x:${x.toFixed(1)}px;--y:${y.toFixed(1)}px">${word}</g>`;
}
// The way of each code word through some steps, without the steps at which it stood.
export const trails = (steps) =>
  steps[0].map((_, c) =>
    steps.map((C) => C[c]).filter((p, i, all) => !i || p.some((v, j) => v !== all[i - 1][j])),
  );
// From the ninth cluster on hues repeat, so the clusters are numbered.
function clusterNumbers(o, f) {
  const k = Math.max(...o.labels) + 1;
  if (k <= MARKS.length || k > 40) return "";
  const at = range(k).map(() => [0, 0, 0]);
  o.labels.forEach((c, i) => {
    if (c >= 0) {
      at[c][0] += o.points[i][0];
      at[c][1] += o.points[i][1];
      at[c][2]++;
    }
  });
  return at
    .map(([x, y, n], c) =>
      n
        ? text(
            f.x(x / n),
            f.y(y / n) - 6,
            o.number?.(c) ?? c + 1,
            "middle",
            'style="font-weight:700"',
          )
        : "",
    )
    .join("");
}
// Voronoi cells: the box clipped by the bisector with every other code word.
export function cellPolygon(words, i, [x0, x1, y0, y1]) {
  let polygon = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  const [ax, ay] = words[i];
  words.forEach(([bx, by], j) => {
    if (j === i || (ax === bx && ay === by)) return;
    const side = ([x, y]) => (x - (ax + bx) / 2) * (bx - ax) + (y - (ay + by) / 2) * (by - ay);
    const next = [];
    polygon.forEach((p, n) => {
      const q = polygon[(n + 1) % polygon.length],
        sp = side(p),
        sq = side(q);
      if (sp <= 0) next.push(p);
      if (sp * sq < 0)
        next.push([
          p[0] + (sp / (sp - sq)) * (q[0] - p[0]),
          p[1] + (sp / (sp - sq)) * (q[1] - p[1]),
        ]);
    });
    polygon = next;
  });
  return polygon;
}
export function cells(words, f) {
  const box = [
    f.x.inverse(f.left),
    f.x.inverse(f.right),
    f.y.inverse(f.bottom),
    f.y.inverse(f.top),
  ];
  return words
    .map(
      (_, i) =>
        `<polygon class="gr" style="opacity:.75" points="${cellPolygon(words, i, box)
          .map(([x, y]) => `${f.x(x).toFixed(1)},${f.y(y).toFixed(1)}`)
          .join(" ")}"/>`,
    )
    .join("");
}
