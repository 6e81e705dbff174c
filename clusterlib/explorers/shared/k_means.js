// Lloyd's method and its scores, each tested against the package.

import { many, range, squared } from "./numbers.js";

export function nearest(X, C) {
  return X.map((p) => {
    let best = 0,
      low = Infinity;
    for (let c = 0; c < C.length; c++) {
      const d = squared(p, C[c]);
      if (d < low) {
        low = d;
        best = c;
      }
    }
    return best;
  });
}
// Means of the clusters; an empty cluster keeps its code word.
export function means(X, labels, C, w) {
  const total = C.map((c) => c.map(() => 0)),
    count = C.map(() => 0);
  X.forEach((p, i) => {
    const c = labels[i],
      n = many(w, i);
    count[c] += n;
    for (let j = 0; j < p.length; j++) total[c][j] += n * p[j];
  });
  return total.map((t, c) => (count[c] ? t.map((v) => v / count[c]) : C[c]));
}
export const sse = (X, C, labels, w) =>
  X.reduce((s, p, i) => s + many(w, i) * squared(p, C[labels[i]]), 0);
// Lloyd's half steps: assign, move, assign, ... until the labels repeat (as lloyd_steps).
export function lloyd(X, C, limit = 60, w) {
  let labels = nearest(X, C);
  const steps = [{ C, labels, sse: sse(X, C, labels, w), move: false }];
  for (let i = 0; i < limit; i++) {
    const moved = means(X, labels, C, w);
    steps.push({ C: moved, labels, sse: sse(X, moved, labels, w), move: true });
    const next = nearest(X, moved);
    C = moved;
    steps.push({ C, labels: next, sse: sse(X, C, next, w), move: false });
    if (next.every((c, j) => c === labels[j])) break;
    labels = next;
  }
  return steps;
}
export function silhouettes(D, labels, w) {
  const k = Math.max(...labels) + 1,
    size = range(k).map(() => 0);
  labels.forEach((c, i) => {
    size[c] += many(w, i);
  });
  const to = new Float64Array(k);
  return labels.map((own, i) => {
    if (size[own] < 2) return 0;
    to.fill(0);
    const row = D[i];
    for (let j = 0; j < row.length; j++) to[labels[j]] += many(w, j) * row[j];
    let b = Infinity;
    for (let c = 0; c < k; c++) if (c !== own && size[c]) b = Math.min(b, to[c] / size[c]);
    const a = to[own] / (size[own] - 1);
    return b === Infinity || Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
  });
}
export const distances = (X) => X.map((p) => Float64Array.from(X, (q) => Math.sqrt(squared(p, q))));
