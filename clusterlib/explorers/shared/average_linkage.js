// Average linkage of a few points, closest pair by closest pair.

import { range } from "./numbers.js";

export function averageLinkage(D) {
  const n = D.length,
    d = D.map((row) => [...row]),
    size = new Array(n).fill(1),
    merges = [],
    heights = [];
  let alive = range(n);
  for (let step = 0; step < n - 1; step++) {
    let best = [Infinity];
    for (const a of alive)
      for (const b of alive) if (a < b && d[a][b] < best[0]) best = [d[a][b], a, b];
    const [height, a, b] = best,
      row = [];
    alive = alive.filter((c) => c !== a && c !== b);
    for (const c of alive)
      row[c] = d[c][n + step] = (size[a] * d[a][c] + size[b] * d[b][c]) / (size[a] + size[b]);
    d.push(row);
    size.push(size[a] + size[b]);
    alive.push(n + step);
    merges.push([a, b]);
    heights.push(height);
  }
  const leaves = (m) => (m < n ? [m] : merges[m - n].flatMap(leaves));
  return { merges, heights, order: leaves(2 * n - 2) };
}
