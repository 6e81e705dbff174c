// Distances of five points beside the tree that they make; a bar can be dragged.

import { frame } from "./shared/frame.js";
import { linkage } from "./shared/linkage.js";
import { clamp, range } from "./shared/numbers.js";
import { asNamed, dataSelect, select } from "./shared/specs.js";
import { hue, line, text } from "./shared/svg.js";
import { table } from "./shared/tables.js";
import { treeLayout } from "./shared/tree.js";
import { fmt } from "./shared/words.js";

const TOP = 10.6;
const NARROW = 300; // pixels

const pairsOf = (n) => range(n).flatMap((i) => range(n - i - 1).map((j) => [i, i + 1 + j]));

function halvesOf(words, set, steps) {
  const given = words.split(",").map(Number);
  const good = words && given.length === set.halves.length && given.every(Number.isInteger);
  return good ? given.map((v) => clamp(v, 1, steps)) : [...set.halves];
}

// The height at which each two leaves first meet.
function meetings({ merges, heights }, pairs) {
  const n = merges.length + 1;
  const leaves = range(n).map((i) => [i]);
  const u = new Map();
  merges.forEach(([a, b], m) => {
    for (const i of leaves[a]) for (const j of leaves[b]) u.set(`${[i, j].sort()}`, heights[m]);
    leaves.push([...leaves[a], ...leaves[b]]);
  });
  return pairs.map((pair) => u.get(`${[...pair].sort()}`));
}

// The walk from i to j of fewest steps none of which exceeds the limit.
function cheapestWalk(D, i, j, limit) {
  const walks = [[i]];
  const seen = new Set([i]);
  for (const walk of walks) {
    if (walk.at(-1) === j) return walk;
    for (const q of range(D.length))
      if (!seen.has(q) && D[walk.at(-1)][q] <= limit) {
        seen.add(q);
        walks.push([...walk, q]);
      }
  }
}

export const view = {
  defaults: () => ({ data: "two groups", method: "single", pair: "BE", distances: "" }),
  change(v, key) {
    if (key === "data") v.distances = "";
    if (key === "data" || key === "pair") delete v.place;
    return v;
  },
  state(values, data) {
    const n = data.names.length;
    const pairs = pairsOf(n);
    const names = pairs.map(([i, j]) => data.names[i] + data.names[j]);
    const set = data.sets[values.data];
    const halves = halvesOf(values.distances, set, data.steps);
    const chosen = Math.max(0, names.indexOf(values.pair));
    if (values.place !== undefined) halves[chosen] = clamp(+values.place, 1, data.steps);
    const same = halves.every((v, i) => v === set.halves[i]);
    const v = { ...values, pair: names[chosen], distances: same ? "" : halves.join(",") };
    delete v.place;
    const d = halves.map((h) => h / 2);
    const D = range(n).map(() => Array(n).fill(0));
    pairs.forEach(([i, j], p) => {
      D[i][j] = D[j][i] = d[p];
    });
    const tree = linkage(D, v.method);
    const limit = meetings(linkage(D, "single"), pairs)[chosen];
    const walk = cheapestWalk(D, ...pairs[chosen], limit).map((i) => data.names[i]);
    return { values: v, pairs, names, d, tree, chosen, walk, u: meetings(tree, pairs) };
  },
  controls: (s, data) => [
    {
      type: "range",
      key: "place",
      min: 1,
      max: data.steps,
      value: 2 * s.d[s.chosen],
      text: fmt(s.d[s.chosen]),
    },
    select("pair", "Pair", s.values.pair, asNamed(s.names)),
    select("method", "Linkage method", s.values.method, asNamed(data.methods)),
    { ...dataSelect(data, s.values.data), label: data.labels.data },
  ],
  panels: () => [
    {
      key: "tree",
      title: "Drag a bar. Thick lines: where pairs meet; second colour: the cheapest walk",
    },
    { key: "pairs", title: "Pair by pair", html: true },
  ],
  draw: {
    tree(w, h, s, data) {
      const share = Math.round(w * 0.58);
      const left = bars(s.asking ? w : share, h, s);
      const label = `Distances ${s.names.map((p, i) => `${p} ${fmt(s.d[i])}`).join(", ")}`;
      if (s.asking) return { ...left, title: "The ten distances", label };
      const at = `transform="translate(${share} 0)"`;
      return {
        ...left,
        svg: left.svg + `<g ${at}>${branches(w - share, h, s, data.names)}</g>`,
        label: `${label}; the tree merges at ${s.tree.heights.map((v) => fmt(v)).join(", ")}`,
      };
    },
    pairs: (_w, _h, s) => ({
      html: table(
        ["pair", "distance", "meets at"],
        s.names.map((name, i) => [name, fmt(s.d[i]), fmt(s.u[i])]),
      ),
    }),
  },
  drag: {
    tree: ({ handle, y }, s) => ({ place: Math.round(2 * y), pair: s.names[+handle] }),
  },
  status(s) {
    const count = (side) => s.d.filter((d, i) => side * (s.u[i] - d) > 1e-9).length;
    const [first, last] = [s.walk[0], s.walk.at(-1)];
    return (
      `${first} and ${last} are ${fmt(s.d[s.chosen])} apart and meet at ${fmt(s.u[s.chosen])}. ` +
      `By ${s.values.method} linkage the merges stand at ` +
      `${s.tree.heights.map((v) => fmt(v)).join(", ")}. ` +
      `Of the ten pairs ${count(-1)} meet below their distance and ${count(1)} above. ` +
      `The cheapest walk is ${s.walk.join(" to ")}.`
    );
  },
};

// A bar for each distance, and across it the height of its pair in the tree.
function bars(w, h, s) {
  const f = frame(w, h, {
    x: [-0.6, s.d.length - 0.4],
    y: [0, TOP],
    left: 30,
    ylabel: "distance",
    xticks: [],
  });
  const size = `style="font-size:${w < NARROW ? 9.5 : 12.5}px"`;
  const wide = (f.x(1) - f.x(0)) * 0.62;
  const steps = s.asking ? [] : s.walk.slice(1).map((q, i) => [s.walk[i], q].sort().join(""));
  const svg = s.d.map((d, i) => {
    const [x, y] = [f.x(i) - wide / 2, f.y(d)];
    const fill = hue(steps.includes(s.names[i]) ? 1 : 0);
    const edge = i === s.chosen ? 'style="stroke-width:3"' : "";
    const u = f.y(s.u[i]);
    return (
      text(f.x(i), f.bottom + 17, s.names[i], "middle", size) +
      `<rect class="mk" fill="${fill}" ${edge} x="${x.toFixed(1)}" y="${y.toFixed(1)}" ` +
      `width="${wide.toFixed(1)}" height="${(f.bottom - y).toFixed(1)}"/>` +
      (s.asking ? "" : line(x - 4, u, x + wide + 4, u, "ln", 'style="stroke-width:4"')) +
      `<rect class="grab" fill="transparent" data-handle="${i}" x="${(x - 3).toFixed(1)}" ` +
      `y="${(y - 22).toFixed(1)}" width="${(wide + 6).toFixed(1)}" height="44"/>`
    );
  });
  return { ...f, svg: f.svg + svg.join("") };
}

// The tree on the scale of the bars, with the names of its leaves and the heights of its merges.
function branches(w, h, s, names) {
  const { merges, heights, order } = s.tree;
  const n = names.length;
  const { x } = treeLayout(merges, order);
  const f = frame(w, h, {
    x: [-0.5, n - 0.5],
    y: [0, TOP],
    left: 12,
    ylabel: " ",
    yticks: [],
    xticks: range(n),
    xtext: (i) => names[order[i]],
  });
  const height = (node) => (node < n ? 0 : heights[node - n]);
  return merges.reduce((svg, [a, b], i) => {
    const [left, right, y] = [f.x(x[a]), f.x(x[b]), f.y(heights[i])];
    const d = `M${left} ${f.y(height(a))}V${y}H${right}V${f.y(height(b))}`;
    return (
      svg +
      `<path class="ln" style="stroke:${hue(0)};stroke-width:2.4" d="${d}"/>` +
      text((left + right) / 2, y + 14, fmt(heights[i], 3))
    );
  }, f.svg);
}
