// The tree of a few observations by the Lance-Williams formula, nearest pair by nearest pair.

import { range } from "./numbers.js";

// The distance to a merged cluster is ax*dx + ay*dy + b*dxy + c*|dx - dy|.
const COEFFICIENTS = {
  single: () => [0.5, 0.5, 0, -0.5],
  complete: () => [0.5, 0.5, 0, 0.5],
  average: (x, y) => [x / (x + y), y / (x + y), 0, 0],
  weighted: () => [0.5, 0.5, 0, 0],
  centroid: (x, y) => [x / (x + y), y / (x + y), (-x * y) / (x + y) ** 2, 0],
  median: () => [0.5, 0.5, -0.25, 0],
  ward: (x, y, z) => [(x + z) / (x + y + z), (y + z) / (x + y + z), -z / (x + y + z), 0],
};
const SQUARED = ["centroid", "median", "ward"];

export function linkage(D, method) {
  const n = D.length;
  const squared = SQUARED.includes(method);
  const d = D.map((row) => row.map((v) => (squared ? v * v : v)));
  const size = new Array(n).fill(1);
  const merges = [];
  const heights = [];
  let alive = range(n);
  for (let step = 0; step < n - 1; step++) {
    let best = [Infinity];
    for (const a of alive)
      for (const b of alive) if (a < b && d[a][b] < best[0]) best = [d[a][b], a, b];
    const [height, a, b] = best;
    const row = [];
    alive = alive.filter((other) => other !== a && other !== b);
    for (const other of alive) {
      const [da, db] = [d[other][a], d[other][b]];
      const [ca, cb, cab, c] = COEFFICIENTS[method](size[a], size[b], size[other]);
      row[other] = ca * da + cb * db + cab * height + c * Math.abs(da - db);
      d[other][n + step] = row[other];
    }
    d.push(row);
    size.push(size[a] + size[b]);
    alive.push(n + step);
    merges.push([a, b]);
    heights.push(squared ? Math.sqrt(Math.max(0, height)) : height);
  }
  const leaves = (node) => (node < n ? [node] : merges[node - n].flatMap(leaves));
  return { merges, heights, order: leaves(2 * n - 2) };
}

// The largest height within each merge, as `maxdists`: it never falls on the way up.
export function highestWithin({ merges, heights }) {
  const n = merges.length + 1;
  const top = [];
  const of = (node) => (node < n ? 0 : top[node - n]);
  merges.forEach(([a, b], i) => {
    top.push(Math.max(heights[i], of(a), of(b)));
  });
  return top;
}
