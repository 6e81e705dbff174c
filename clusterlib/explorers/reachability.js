// Single linkage of mutual reachability: points with their core distances beside the tree.

import { levelOf } from "./shared/arms.js";
import { cutTree } from "./shared/flat_clusters.js";
import { frame } from "./shared/frame.js";
import { linkage } from "./shared/linkage.js";
import { clamp, range, squared } from "./shared/numbers.js";
import { extent } from "./shared/scales.js";
import { dataSelect, select } from "./shared/specs.js";
import { hue, line, mark, text } from "./shared/svg.js";
import { tree } from "./shared/tree.js";
import { fmt, plural } from "./shared/words.js";

function reach(points, m) {
  const D = points.map((p) => points.map((q) => Math.sqrt(squared(p, q))));
  const core = D.map((row) => [...row].sort((a, b) => a - b)[m - 1]);
  return { core, R: D.map((row, i) => row.map((d, j) => Math.max(d, core[i], core[j]))) };
}

// The steps of single linkage: each point is tied to the nearest one before it.
function steps(R) {
  const nearest = R.map((row) => [row[0], 0]);
  const left = new Set(range(R.length).slice(1));
  const found = [];
  while (left.size) {
    const next = [...left].reduce((a, b) => (nearest[b][0] < nearest[a][0] ? b : a));
    left.delete(next);
    found.push([nearest[next][1], next]);
    for (const i of left) if (R[next][i] < nearest[i][0]) nearest[i] = [R[next][i], next];
  }
  return found;
}

// The lowest cut with at most k parts, numbered in the order of the rows.
function cutInto({ merges, heights, order }, k) {
  const levels = [-1, ...[...new Set(heights)].sort((a, b) => a - b)];
  const limit = levels.find((t) => heights.filter((h) => h > t).length < k);
  const { labels } = cutTree(merges, heights, limit, order);
  const names = [...new Set(labels)];
  return labels.map((c) => names.indexOf(c));
}

// Mutual reachability makes merges equally high: equal but for rounding is equal.
function singleLinkage(R) {
  const built = linkage(R, "single");
  return { ...built, heights: built.heights.map((h) => Math.round(h * 1e9) / 1e9) };
}

const count = (labels, c) => labels.filter((other) => other === c).length;

export const view = {
  defaults: () => ({ data: "bridge", m: 5, shown: "groups", k: 2 }),
  change: (v, key) => (key === "k" ? { ...v, shown: "cut" } : v),
  state(values, data, before) {
    const set = data.sets[values.data];
    const n = set.points.length;
    const v = { ...values, m: clamp(values.m, ...data.m), k: clamp(values.k, 1, n) };
    const same = before && before.values.m === v.m && before.set === set;
    const { R, core } = same ? before : reach(set.points, v.m);
    const built = same ? before.built : singleLinkage(R);
    const all = v.shown === "cut" ? cutInto(built, v.k) : set.groups[v.m - data.m[0]];
    const sizes = [...new Set(all)].filter((c) => c >= 0).map((c) => count(all, c));
    const labels = all.map((c) => (count(all, c) < v.m ? -1 : c));
    const inside = [...labels];
    for (const [a, b] of built.merges) inside.push(inside[a] === inside[b] ? inside[a] : -1);
    sizes.sort((a, b) => b - a);
    return { values: v, set, n, R, core, built, labels, sizes, colour: (node) => inside[node] };
  },
  controls: (s, data) => [
    {
      type: "range",
      key: "m",
      min: data.m[0],
      max: data.m[1],
      value: s.values.m,
      text: String(s.values.m),
      play: 700,
    },
    select("shown", "Shown", s.values.shown, Object.entries(data.shown)),
    {
      type: "range",
      key: "k",
      min: 1,
      max: s.n,
      value: s.values.k,
      text: String(s.values.k),
    },
    dataSelect(data, s.values.data),
  ],
  panels: () => [
    { key: "points", title: "Points with core distances; drag the dashed line for a flat cut" },
  ],
  draw: {
    points(w, h, s) {
      const share = Math.round(w * (s.asking ? 1 : 0.5));
      const label = `${s.n} points, the world of ${s.values.data}`;
      if (s.asking) return { svg: cloud(share, h, s), title: "The points", label };
      const right = tree(w - share, h, { ...s.built, colour: s.colour, labels: s.labels });
      const moved = { svg: right.svg + cutLine(s, right), y: right.y };
      return {
        ...moved,
        svg: cloud(share - 8, h, s) + `<g transform="translate(${share} 0)">${moved.svg}</g>`,
        label: `${label}, with core distances for m = ${s.values.m}, and their tree`,
      };
    },
  },
  drag: {
    points: ({ y }, s) => ({
      k: clamp(s.built.heights.filter((v) => v > y).length + 1, 1, s.n),
      shown: "cut",
    }),
  },
  status(s) {
    const { m, shown } = s.values;
    const told = s.sizes.slice(0, 5).join(", ") + (s.sizes.length > 5 ? ", ..." : "");
    const top = `The last merge stands at ${fmt(s.built.heights.at(-1), 3)}.`;
    const grey = count(s.labels, -1);
    if (shown === "cut")
      return (
        `m = ${m}, cut into ${s.sizes.length}: ${told} points. ${grey} of ${s.n} points are in ` +
        `parts of fewer than ${m}. ${top}`
      );
    if (grey === s.n) return `m = ${m}: no groups, all ${s.n} points are noise. ${top}`;
    return `m = ${m}, groups: ${told} points; ${grey} of ${s.n} points are noise. ${top}`;
  },
};

function cloud(w, h, s) {
  const [x, y] = [0, 1].map((j) => extent(s.set.points.map((p) => p[j])));
  const f = frame(w, h, { x, y, equal: true, xticks: [], yticks: [], left: 6 });
  const at = s.set.points.map(([a, b]) => [f.x(a), f.y(b)]);
  const unit = f.x(1) - f.x(0);
  const ring = ([a, b], i) =>
    `<circle cx="${a.toFixed(1)}" cy="${b.toFixed(1)}" r="${(s.core[i] * unit).toFixed(1)}" ` +
    'fill="currentColor" fill-opacity=".05"/>';
  const tie = ([i, j]) => {
    const c = s.labels[i] === s.labels[j] ? s.labels[i] : -1;
    return line(...at[i], ...at[j], "ln", `style="stroke:${hue(c)};stroke-width:1.6"`);
  };
  const dot = (p, i) =>
    mark(s.asking ? -1 : s.labels[i], ...p, s.asking ? 6 : 4.2, "mk", `data-rows="${i}"`);
  const under = s.asking ? [] : [...at.map(ring), ...steps(s.R).map(tie)];
  const clip = `<clipPath id="clx-reach"><rect width="${w}" height="${f.bottom}"/></clipPath>`;
  const shade = `${clip}<g clip-path="url(#clx-reach)">${under.join("")}</g>`;
  return shade + at.map(dot).join("");
}

function cutLine(s, f) {
  const y = f.y(levelOf(s.built.heights, s.values.k));
  const faint = s.values.shown === "cut" ? "" : 'style="opacity:.4"';
  return (
    line(f.left, y, f.right, y, "cut", faint) +
    (s.values.shown === "cut"
      ? text(f.right, y - 6, plural(s.sizes.length, "part"), "end", 'style="font-weight:700"')
      : "") +
    `<rect class="hit" data-handle="cut" x="${f.left}" y="${(y - 16).toFixed(1)}" ` +
    `width="${f.right - f.left}" height="32"/>`
  );
}
