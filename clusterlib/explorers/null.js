// A silhouette beside those of data without structure, added one by one.

import { cutTree, keepColours } from "./shared/flat_clusters.js";
import { frame } from "./shared/frame.js";
import { highestWithin, linkage } from "./shared/linkage.js";
import { clamp, range, squared } from "./shared/numbers.js";
import { extent } from "./shared/scales.js";
import { scatter } from "./shared/scatter.js";
import { dataSelect, select } from "./shared/specs.js";
import { line, mark, text } from "./shared/svg.js";

const BIN = 0.01; // of the silhouette: dots nearer than this are stacked

// Ward's tree of the points, built once.
const trees = new WeakMap();
function wardTree(points) {
  if (!trees.has(points)) {
    const D = points.map((p) => points.map((q) => Math.sqrt(squared(p, q))));
    const tree = linkage(D, "ward");
    trees.set(points, { tree, tops: highestWithin(tree) });
  }
  return trees.get(points);
}

// That tree cut into k; numbered from left to right.
function wardCut(points, k) {
  const { tree, tops } = wardTree(points);
  const limit = [...tops].sort((a, b) => a - b)[points.length - k - 1];
  const { labels } = cutTree(tree.merges, tops, limit, tree.order);
  const to = keepColours(
    labels,
    null,
    points.map((p) => p[0]),
  );
  return labels.map((c) => to[c]);
}

const pairs = (flat) =>
  range(flat.length / 2).map((i) => [flat[2 * i] / 100, flat[2 * i + 1] / 100]);
const referenceSet = (run, i) => ((run.points ??= [])[i] ??= pairs(run.sets[i]));

export const view = {
  defaults: (data) => ({ data: "tilted", model: "shuffle", k: 2, shown: data.draws }),
  state(values, data) {
    const set = data.sets[values.data];
    const run = set.runs[values.model];
    const v = { ...values };
    v.k = clamp(v.k, data.ks[0], data.ks.at(-1));
    v.shown = clamp(v.shown, 1, data.draws);
    const column = v.k - data.ks[0];
    const scores = run.null.map((row) => row[column]);
    const last = referenceSet(run, v.shown - 1);
    const reached = run.reached[column][v.shown - 1];
    return {
      values: v,
      set,
      last,
      all: [...scores, set.real[column]],
      null: scores.slice(0, v.shown),
      real: set.real[column],
      reached,
      p: (1 + reached) / (1 + v.shown),
      labels: wardCut(set.points, v.k),
      lastLabels: wardCut(last, v.k),
    };
  },
  controls: (s, data) => [
    {
      type: "range",
      key: "shown",
      min: 1,
      max: data.draws,
      value: s.values.shown,
      text: `${s.values.shown} of ${data.draws}`,
      play: 250,
    },
    {
      type: "range",
      key: "k",
      min: data.ks[0],
      max: data.ks.at(-1),
      value: s.values.k,
      text: String(s.values.k),
    },
    select("model", "Null model", s.values.model, Object.entries(data.models)),
    dataSelect(data, s.values.data),
  ],
  panels: () => [
    { key: "null", title: "Mean silhouettes: a dot for each reference set, the line is the data" },
    { key: "data", title: "The data, cut" },
    { key: "last", title: "The last reference set, cut" },
  ],
  draw: {
    null(w, h, s) {
      if (s.asking)
        return {
          ...scatter(w, h, { points: s.set.points }),
          title: "The data",
          label: `${s.set.points.length} points of ${s.set.title}`,
        };
      return { ...dots(w, h, s), label: told(s) };
    },
    data: (w, h, s) => ({
      ...scatter(w, h, { points: s.set.points, labels: s.labels }),
      label: `${s.set.title} in ${s.values.k} clusters`,
    }),
    last: (w, h, s) => ({
      ...scatter(w, h, { points: s.last, labels: s.lastLabels }),
      title: `Reference set ${s.values.shown}, cut`,
      label: `Reference set ${s.values.shown} in ${s.values.k} clusters`,
    }),
  },
  status: (s) => `k = ${s.values.k}: ${told(s)}`,
};

function told(s) {
  const count = s.null.length;
  const [low, high] = [Math.min(...s.null), Math.max(...s.null)].map((v) => v.toFixed(3));
  return (
    `mean silhouette ${s.real.toFixed(3)}. Of ${count} reference set${count > 1 ? "s" : ""}, ` +
    `${low} to ${high}, ${s.reached} reach it: p = ${s.p.toFixed(3)}.`
  );
}

// Dots stacked where they would overlap; the newest is the ringed one.
function dots(w, h, s) {
  const f = frame(w, h, {
    x: extent(s.all, 0.12),
    y: [0, 14],
    yticks: [],
    xlabel: "mean silhouette",
  });
  const height = new Map();
  let svg = f.svg;
  s.null.forEach((v, i) => {
    const bin = Math.round(v / BIN);
    height.set(bin, (height.get(bin) ?? 0) + 1);
    const [x, y] = [f.x(bin * BIN), f.y(height.get(bin) - 0.3)];
    svg += mark(v >= s.real ? 1 : 0, x, y, 5.5);
    if (i === s.null.length - 1) svg += mark(0, x, y, 10, "ho", 'style="stroke-width:2"');
  });
  const x = f.x(s.real);
  const left = x > (f.left + f.right) / 2;
  return {
    ...f,
    svg:
      svg +
      line(x, f.top, x, f.bottom, "cut") +
      text(x + (left ? -8 : 8), f.top + 14, `data: ${s.real.toFixed(3)}`, left ? "end" : "start"),
  };
}
