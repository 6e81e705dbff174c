// The error that k clusters leave against log2 k: every cut of a tree, and k-means from there.

import { levelOf } from "./shared/arms.js";
import { splitCut } from "./shared/flat_clusters.js";
import { frame } from "./shared/frame.js";
import { lloyd, means } from "./shared/k_means.js";
import { MARKS } from "./shared/marks.js";
import { clamp, range } from "./shared/numbers.js";
import { extent } from "./shared/scales.js";
import { cells, scatter } from "./shared/scatter.js";
import { asNamed, dataSelect, select } from "./shared/specs.js";
import { hue, line, mark, polyline, text } from "./shared/svg.js";
import { tree } from "./shared/tree.js";
import { plural } from "./shared/words.js";

const KEY = ["cuts of the tree", "k-means", "drawn groups"];
const DOT = 5; // pixels; where the dots of k-means would touch, the line stands for them

function leafOrder(merges) {
  const n = merges.length + 1;
  const leaves = (node) => (node < n ? [node] : merges[node - n].flatMap(leaves));
  return leaves(2 * n - 2);
}

export const view = {
  defaults: () => ({ data: "clouds", method: "ward", code: "tree", k: 3 }),
  state(values, data) {
    const set = data.sets[values.data];
    const { merges, heights, curves } = set.trees[values.method];
    const n = set.points.length;
    const k = clamp(values.k, 1, n);
    const order = leafOrder(merges);
    const { labels: kept, colour } = splitCut(merges, order, k);
    const start = means(set.points, kept, Array(k).fill([0, 0]));
    const end =
      values.code === "tree" ? { C: start, labels: kept } : lloyd(set.points, start).at(-1);
    const v = { ...values, k };
    const error = (name) => curves[name][k - 1];
    return { values: v, set, n, merges, heights, order, curves, error, kept, colour, ...end };
  },
  controls: (s, data) => [
    {
      type: "range",
      key: "k",
      min: 1,
      max: s.n,
      value: s.values.k,
      text: String(s.values.k),
      places: range(s.n).map((i) => Math.log2(i + 1) / Math.log2(s.n)),
      play: 500,
    },
    select("code", "Shown", s.values.code, Object.entries(data.codes)),
    select("method", "Linkage method", s.values.method, asNamed(data.methods)),
    dataSelect(data, s.values.data),
  ],
  panels: () => [
    { key: "code", title: "Drag the ring along the staircase, or the dashed line in the tree" },
    { key: "tree", title: "The tree and its cut", wide: true },
  ],
  draw: {
    code(w, h, s, data) {
      if (s.asking)
        return {
          ...scatter(w, h, { points: s.set.points }),
          title: "The points",
          label: `${s.n} points, the world of ${s.values.data}`,
        };
      const share = Math.round(w * 0.42);
      const stairs = staircase(w - share, h, s);
      return {
        x: { inverse: (px) => stairs.x.inverse(px - share) },
        svg: spokes(share - 8, h, s) + `<g transform="translate(${share} 0)">${stairs.svg}</g>`,
        label:
          `The points, each tied to one of ${plural(s.values.k, "code word")} of ` +
          `${data.codes[s.values.code]}; beside them the error left against bits per point`,
      };
    },
    tree: (w, h, s) => ({
      ...tree(w, h, { ...treeOf(s), labels: s.kept, over: (f) => cutLine(s, f) }),
      label: `Tree of ${s.n} points by ${s.values.method} linkage, cut into ${s.values.k}`,
    }),
  },
  drag: {
    code: ({ x }, s) => ({ k: clamp(Math.round(2 ** x), 1, s.n) }),
    tree: ({ y }, s) => ({ k: s.heights.filter((v) => v > y).length + 1 }),
  },
  status(s) {
    const { k } = s.values;
    const bits = (count) => Math.log2(count).toFixed(2);
    const { groups } = s.set;
    const drawn =
      groups > 1
        ? `; the ${groups} groups that were drawn leave ${s.set.drawn.toFixed(1)} % at ` +
          `${bits(groups)} bits`
        : "";
    return (
      `k = ${k}: log2 ${k} = ${bits(k)} bits for each point. The tree's cut leaves ` +
      `${s.error("tree").toFixed(1)} % of the variance, k-means from there ` +
      `${s.error("k-means").toFixed(1)} %${drawn}.`
    );
  },
};

const treeOf = ({ merges, heights, order, colour }) => ({ merges, heights, order, colour });

// Each point tied to its code word: the squares of these lines are the error.
function spokes(w, h, s) {
  const { C, labels, set } = s;
  const [x, y] = [0, 1].map((j) => extent(set.points.map((p) => p[j])));
  const f = frame(w, h, { x, y, equal: true, xticks: [], yticks: [], left: 6 });
  const at = ([a, b]) => [f.x(a), f.y(b)];
  const tie = (p, c) =>
    line(...at(p), ...at(C[c]), "ln", `style="stroke:${hue(c)};stroke-width:1.2"`);
  return [
    s.values.code === "k-means" ? cells(C, f) : "",
    ...set.points.map((p, i) => tie(p, labels[i])),
    ...set.points.map((p, i) => mark(labels[i], ...at(p), 4, "mk", `data-rows="${i}"`)),
    ...(C.length > MARKS.length ? [] : C.map((p, c) => mark(c, ...at(p), 7.5, "wd"))),
  ].join("");
}

function staircase(w, h, s) {
  const f = frame(w, h, {
    x: [0, Math.log2(s.n)],
    y: [0, 104],
    xlabel: "bits per point, log2 k",
    ylabel: "error left, % of the variance",
  });
  const at = (k, error) => [f.x(Math.log2(k)), f.y(error)];
  const steps = s.curves.tree.flatMap((error, i, all) =>
    i ? [at(i + 1, all[i - 1]), at(i + 1, error)] : [at(1, error)],
  );
  const k = s.values.k;
  const [x, y] = at(k, s.error(s.values.code));
  const apart = (k) => k < 3 || f.x(Math.log2(k)) - f.x(Math.log2(k - 1)) > DOT;
  const dots = s.curves["k-means"].map((error, i) =>
    apart(i + 1) ? mark(1, ...at(i + 1, error), 3.4) : "",
  );
  const drawn = s.set.groups > 1 ? mark(2, ...at(s.set.groups, s.set.drawn), 6) : "";
  const key = KEY.slice(0, s.set.groups > 1 ? 3 : 2).map(
    (words, c) =>
      mark(c, f.right - 104, f.top + 10 + 18 * c, 4.5) +
      text(f.right - 94, f.top + 14 + 18 * c, words, "start"),
  );
  return {
    ...f,
    svg:
      f.svg +
      polyline(steps, "ln", `style="stroke:${hue(0)};stroke-width:2.4"`) +
      dots.join("") +
      drawn +
      key.join("") +
      line(x, y, x, f.bottom, "cut") +
      mark(0, x, y, 10, "ho", 'style="stroke-width:3"') +
      text(x + 13, y - 10, `k = ${k}`, "start", 'style="font-weight:700"') +
      polyline(steps, "br grab", 'data-handle="step" style="stroke-width:36"') +
      `<circle class="grab" data-handle="k" fill="transparent" r="20" ` +
      `cx="${x.toFixed(1)}" cy="${y.toFixed(1)}"/>`,
  };
}

function cutLine(s, f) {
  const y = f.y(levelOf(s.heights, s.values.k));
  return (
    line(f.left, y, f.right, y, "cut") +
    `<rect class="hit" data-handle="cut" x="${f.left}" y="${(y - 16).toFixed(1)}" ` +
    `width="${f.right - f.left}" height="32"/>`
  );
}
