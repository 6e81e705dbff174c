// A tree whose leaves stand on the number line; points can be dragged.

import { bars } from "./shared/charts.js";
import { cutTree, keepColours } from "./shared/flat_clusters.js";
import { frame } from "./shared/frame.js";
import { highestWithin, linkage } from "./shared/linkage.js";
import { clamp, range } from "./shared/numbers.js";
import { scale } from "./shared/scales.js";
import { asNamed, dataSelect, select } from "./shared/specs.js";
import { dash, hue, icon, line, mark, text } from "./shared/svg.js";
import { table } from "./shared/tables.js";
import { fmt, plural } from "./shared/words.js";

const slider = (set, data) => scale(0, data.steps, ...set.reach);
const written = (x) => x.map((v) => +v.toFixed(3)).join(",");

function pointsOf(words, set) {
  const x = words.split(",").map(Number);
  const good = words && x.every(Number.isFinite) && x.length === set.points.length;
  return good ? x.map((v) => clamp(v, ...set.reach)) : set.points;
}

// The lowest level cut with at most k clusters, as fcluster has it by "maxclust".
function cutInto(tree, tops, k) {
  const levels = [-1, ...[...new Set(tops)].sort((a, b) => a - b)];
  for (const [i, limit] of levels.entries()) {
    const found = cutTree(tree.merges, tops, limit, tree.order);
    if (found.count <= k) return { ...found, from: Math.max(0, limit), to: levels[i + 1] };
  }
}

// What each cluster covers, from left to right.
function intervals(x, labels) {
  return [...new Set(labels)]
    .map((c) => {
      const own = x.filter((_, i) => labels[i] === c);
      return { c, low: Math.min(...own), high: Math.max(...own), size: own.length };
    })
    .sort((a, b) => a.low - b.low);
}

export const view = {
  defaults: () => ({ data: "growing", method: "single", k: 2, points: "", point: 0 }),
  change(v, key, data, state) {
    if (key === "data") Object.assign(v, { points: "", point: 0 });
    if (key === "place") {
      const x = [...state.x];
      x[v.point] = slider(state.set, data)(v.place);
      v.points = written(x);
    }
    delete v.place;
    return v;
  },
  state(values, data, before) {
    const set = data.sets[values.data];
    const x = pointsOf(values.points, set);
    const v = { ...values, points: x === set.points ? "" : values.points };
    v.k = clamp(v.k, 1, x.length);
    v.point = clamp(v.point, 0, x.length - 1);
    const tree = linkage(x.map((a) => x.map((b) => Math.abs(a - b))), v.method);
    const cut = cutInto(tree, highestWithin(tree), v.k);
    const to = keepColours(cut.labels, before?.values.data === v.data ? before.labels : null, x);
    const labels = cut.labels.map((c) => to[c]);
    const colour = (node) => (cut.node(node) < 0 ? -1 : to[cut.node(node)]);
    return { values: v, set, x, tree, cut, labels, colour, clusters: intervals(x, labels) };
  },
  controls: (s, data) => [
    { type: "range", key: "k", min: 1, max: s.x.length, value: s.values.k, text: s.values.k },
    select("method", "Linkage method", s.values.method, asNamed(data.methods)),
    dataSelect(data, s.values.data),
    {
      type: "range",
      key: "point",
      min: 0,
      max: s.x.length - 1,
      value: s.values.point,
      text: `${s.values.point + 1} of ${s.x.length}`,
    },
    {
      type: "range",
      key: "place",
      min: 0,
      max: data.steps,
      value: clamp(Math.round(slider(s.set, data).inverse(s.x[s.values.point])), 0, data.steps),
      text: fmt(s.x[s.values.point]),
    },
  ],
  panels: () => [
    { key: "line", title: "Drag a point along the line, or the dashed line up and down" },
    { key: "gaps", title: "Gaps between neighbours, from left to right", height: 230 },
    { key: "clusters", title: "The clusters", html: true },
  ],
  draw: {
    line(w, h, s) {
      const top = Math.max(...s.tree.heights);
      const f = frame(w, h, {
        x: s.set.reach,
        y: [0, top * 1.15 || 1],
        yticks: s.asking ? [] : undefined,
        xlabel: "place on the line",
        drop: 6,
        ylabel: s.asking ? "" : "height",
      });
      const points = s.x
        .map((v, i) => {
          const label = s.asking ? -1 : s.labels[i];
          const at = `cx="${f.x(v).toFixed(1)}" cy="${f.bottom}"`;
          return (
            mark(label, f.x(v), f.bottom, s.asking ? 9 : 7, "wd", `data-rows="${i}"`) +
            `<circle class="grab" fill="transparent" data-handle="${i}" data-rows="${i}" r="18" ` +
            `${at}/>`
          );
        })
        .join("");
      const chosen = mark(0, f.x(s.x[s.values.point]), f.bottom, 11, "ho");
      const where = s.x.map((v) => fmt(v)).join(", ");
      if (s.asking)
        return { ...f, title: "The points", svg: f.svg + points, label: `Points at ${where}` };
      return {
        ...f,
        svg: f.svg + branches(s, f) + cutLine(s, f, top) + chosen + points,
        label: `Points at ${where}; merges at ${s.tree.heights.map((v) => fmt(v)).join(", ")}`,
      };
    },
    gaps(w, h, s) {
      const order = range(s.x.length).sort((a, b) => s.x[a] - s.x[b]);
      const values = order.slice(1).map((i, j) => s.x[i] - s.x[order[j]]);
      const parts = order.slice(1).map((i, j) => s.labels[i] !== s.labels[order[j]]);
      return {
        ...bars(w, h, {
          values,
          names: range(values.length).map((i) => i + 1),
          fill: (i) => hue(+parts[i]),
          note: (i) => (parts[i] ? "cut" : ""),
        }),
        label: `Gaps ${values.map((v, i) => fmt(v) + (parts[i] ? " (cut)" : "")).join(", ")}`,
      };
    },
    clusters: (_w, _h, s) => ({
      html: table(
        ["cluster", "from", "to", "points"],
        s.clusters.map(({ c, low, high, size }) => [
          { html: `${icon(c)} ${c + 1}` },
          fmt(low),
          fmt(high),
          size,
        ]),
      ),
    }),
  },
  drag: {
    line(pointer, s) {
      const { handle, x, y } = pointer;
      if (handle === "cut")
        return { k: cutTree(s.tree.merges, highestWithin(s.tree), y, s.tree.order).count };
      if (pointer.phase === "down") return { point: +handle };
      const moved = [...s.x];
      moved[+handle] = clamp(x, ...s.set.reach);
      return { point: +handle, points: written(moved) };
    },
  },
  status(s) {
    const told = s.clusters.map(
      ({ low, high, size }) =>
        `${fmt(low)}${high > low ? ` to ${fmt(high)}` : ""} (${plural(size, "point")})`,
    );
    const found = plural(s.clusters.length, "cluster");
    const head =
      s.values.k === s.clusters.length
        ? found
        : `asked for ${s.values.k}, got ${found}, because merges tie`;
    const top = fmt(s.tree.heights.at(-1));
    return (
      `${s.values.method} linkage, ${head}: ${told.join(", ")}. ` +
      `The last merge is at height ${top}. ` +
      `Point ${s.values.point + 1} stands at ${fmt(s.x[s.values.point])}.`
    );
  },
};

// Each merge stands above the middle of its two parts.
function branches(s, f) {
  const n = s.x.length;
  const x = [...s.x];
  const leaves = [];
  const height = (node) => (node < n ? 0 : s.tree.heights[node - n]);
  const of = (node) => (node < n ? [node] : leaves[node - n]);
  return s.tree.merges
    .map(([a, b], i) => {
      x.push((x[a] + x[b]) / 2);
      leaves.push([...of(a), ...of(b)]);
      const [left, right, y] = [f.x(x[a]), f.x(x[b]), f.y(height(n + i))].map((v) => v.toFixed(1));
      const [low, down] = [f.y(height(a)), f.y(height(b))].map((v) => v.toFixed(1));
      const d = `M${left} ${low}V${y}H${right}V${down}`;
      const c = s.colour(n + i);
      return (
        `<path class="ln" style="stroke:${hue(c)};stroke-width:2.2"${dash(c)} d="${d}"/>` +
        `<path class="br" data-rows="${leaves[i].join(" ")}" d="${d}"/>`
      );
    })
    .join("");
}

function cutLine(s, f, top) {
  const level = (s.cut.from + Math.min(s.cut.to ?? Infinity, top * 1.1)) / 2;
  const y = f.y(level);
  return (
    line(f.left, y, f.right, y, "cut") +
    text(
      f.left + 4,
      y - 6,
      plural(s.cut.count, "cluster"),
      "start",
      'class="halo" style="font-weight:700"',
    ) +
    `<rect class="hit" data-handle="cut" x="${f.left}" y="${(y - 16).toFixed(1)}" ` +
    `width="${f.right - f.left}" height="32"/>`
  );
}
