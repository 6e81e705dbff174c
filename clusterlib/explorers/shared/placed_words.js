// Code words that a reader places: as text in the address, and as steps of a slider.

import { extent, scale } from "./scales.js";

export const wordsText = (C) => C.map((c) => c.map((v) => +v.toFixed(3)).join(",")).join(" ");
export const wordsOf = (s) =>
  s
    .trim()
    .split(/\s+/)
    .map((w) => w.split(",").map(Number));
export const wordScale = (set, axis) => {
  const [lo, hi] = extent(
    set.points.map((p) => p[axis]),
    0.05,
  );
  return scale(0, 100, lo, hi);
};
