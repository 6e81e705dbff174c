// Distances between two rows, as `clusterlib.distance` has them.

import { squared, sum } from "./numbers.js";

export const DISTANCES = {
  euclidean: (a, b) => Math.sqrt(squared(a, b)),
  cityblock: (a, b) => sum(a.map((v, j) => Math.abs(v - b[j]))),
  chebyshev: (a, b) => Math.max(...a.map((v, j) => Math.abs(v - b[j]))),
  minkowski: (a, b, { p }) => sum(a.map((v, j) => Math.abs(v - b[j]) ** p)) ** (1 / p),
  cosine: (a, b) => 1 - sum(a.map((v, j) => v * b[j])) / (Math.hypot(...a) * Math.hypot(...b)),
  mahalanobis: (a, b, { VI }) =>
    Math.sqrt(sum(VI.map((row, i) => (a[i] - b[i]) * sum(row.map((v, j) => v * (a[j] - b[j])))))),
};
export const distanceBy = (metric, a, b, options = {}) => DISTANCES[metric](a, b, options);
// Inverse of the covariance of points in the plane.
export function inverseCovariance(X) {
  const mean = [0, 1].map((j) => sum(X.map((x) => x[j])) / X.length);
  const c = (i, j) => sum(X.map((x) => (x[i] - mean[i]) * (x[j] - mean[j]))) / (X.length - 1);
  const [a, b, d] = [c(0, 0), c(0, 1), c(1, 1)],
    det = a * d - b * b;
  return [
    [d / det, -b / det],
    [-b / det, a / det],
  ];
}
