// Integrals of three densities: the error and the entropy of a scalar quantizer.

import { clamp, sum } from "./numbers.js";

function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x,
    total = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}
export const PDF = {
  gaussian: (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI),
  laplace: (x) => Math.exp(-Math.SQRT2 * Math.abs(x)) / Math.SQRT2,
  uniform: (x) => (Math.abs(x) <= Math.sqrt(3) ? 1 / Math.sqrt(12) : 0),
};
// The integrals up to x of the density, of x times the density and of x^2 times the density.
const tailOf = (x, a) => {
  const tail = (a * Math.exp(-Math.SQRT2 * Math.abs(x))) / 2;
  return x < 0 ? tail : 1 - tail;
};
const UP_TO = {
  gaussian: (x) => {
    const below = (1 + erf(x / Math.SQRT2)) / 2,
      pdf = PDF.gaussian(x);
    return [below, -pdf, below - x * pdf];
  },
  laplace: (x) => {
    const a = Math.SQRT2 * Math.abs(x);
    return [
      tailOf(x, 1),
      (-(a + 1) * Math.exp(-a)) / (2 * Math.SQRT2),
      tailOf(x, (a * a) / 2 + a + 1),
    ];
  },
  uniform: (x) => {
    const e = Math.sqrt(3),
      y = clamp(x, -e, e);
    return [(y + e) / (2 * e), (y * y - 3) / (4 * e), (y ** 3 + e ** 3) / (6 * e)];
  },
};
const moments = (law, a, b) => {
  const low = UP_TO[law](clamp(a, -30, 30));
  return UP_TO[law](clamp(b, -30, 30)).map((v, i) => v - low[i]);
};
export function measured(law, levels, thresholds) {
  const edges = [-Infinity, ...thresholds, Infinity],
    cells = levels.map((_, i) => moments(law, edges[i], edges[i + 1]));
  return {
    D: sum(cells.map(([p, m, s], i) => s - 2 * levels[i] * m + levels[i] ** 2 * p)),
    H: Math.max(0, -sum(cells.map(([p]) => (p > 0 ? p * Math.log2(p) : 0)))),
    means: cells.map(([p, m], i) => (p > 1e-12 ? m / p : levels[i])),
  };
}
