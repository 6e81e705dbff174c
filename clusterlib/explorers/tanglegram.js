// Two trees of the same leaves face to face; a click on a merge swaps its arms.

import { arms } from "./shared/arms.js";
import { splitCut } from "./shared/flat_clusters.js";
import { clamp, range, sum } from "./shared/numbers.js";
import { scale } from "./shared/scales.js";
import { asNamed, dataSelect, select } from "./shared/specs.js";
import { dash, hue, line, mark, text } from "./shared/svg.js";
import { treeLayout } from "./shared/tree.js";
import { fmt } from "./shared/words.js";

// The leaves of a tree, with the arms of the merges in `flips` swapped.
function leavesOf(merges, flips) {
  const n = merges.length + 1;
  const leaves = range(n).map((i) => [i]);
  merges.forEach(([a, b], i) => {
    leaves.push(flips[i] ? [...leaves[b], ...leaves[a]] : [...leaves[a], ...leaves[b]]);
  });
  return leaves.at(-1);
}

// Which arms to swap so that the smaller mean place in `order` comes first.
function following(merges, order) {
  const place = [];
  order.forEach((leaf, i) => {
    place[leaf] = [i, 1];
  });
  return merges.map(([a, b]) => {
    const [[p, m], [q, n]] = [place[a], place[b]];
    place.push([p + q, m + n]);
    return p / m > q / n;
  });
}

const crossings = (here, there) => {
  const place = here.map((leaf) => there.indexOf(leaf));
  return sum(place.map((p, i) => place.slice(i + 1).filter((q) => q < p).length));
};

const numbers = (words, below) =>
  words
    .split(",")
    .filter((v) => v && +v < below && Number.isInteger(+v))
    .map(Number);

// The numbers in `swapped` with one more, or with one less.
function toggled(swapped, merge) {
  const all = new Set(numbers(swapped, Infinity));
  if (!all.delete(merge)) all.add(merge);
  return [...all].sort((a, b) => a - b).join(",");
}

export const view = {
  defaults: () => ({
    data: "wine",
    left: "ward",
    right: "average",
    order: "follow",
    k: 3,
    merge: 0,
    swapped: "",
  }),
  change(v, key) {
    if (["data", "left", "right", "order"].includes(key)) v.swapped = "";
    if (key === "swap") v.swapped = toggled(v.swapped, v.merge);
    delete v.swap;
    return v;
  },
  state(values, data) {
    const set = data.sets[values.data];
    const [Z, V] = [set.trees[values.left], set.trees[values.right]];
    const count = Z.merges.length;
    const v = { ...values, k: clamp(values.k, 1, data.kmax) };
    v.merge = clamp(v.merge, 0, count - 1);
    const here = leavesOf(Z.merges, []);
    const start = {
      itself: () => Array(count).fill(0),
      follow: () => following(V.merges, here),
      random: () => [...set.random],
    }[v.order]();
    const swapped = numbers(v.swapped, count);
    const there = leavesOf(V.merges, start.map((f, i) => !!f !== swapped.includes(i)));
    const { labels, colour } = splitCut(Z.merges, here, v.k);
    const inside = [...labels];
    for (const [a, b] of V.merges) inside.push(inside[a] === inside[b] ? inside[a] : -1);
    const { r, rand } = set.agree[`${v.left} ${v.right}`];
    return {
      values: v,
      set,
      left: { ...Z, order: here, colour },
      right: { ...V, order: there, colour: (node) => inside[node] },
      labels,
      swap: swapped.includes(v.merge),
      crossings: crossings(here, there),
      r,
      rand: rand[v.k - 1],
    };
  },
  controls: (s, data) => [
    select("order", "Order of the leaves", s.values.order, Object.entries(data.orders)),
    select("left", "Left tree", s.values.left, asNamed(data.methods)),
    select("right", "Right tree", s.values.right, asNamed(data.methods)),
    { type: "range", key: "k", min: 1, max: data.kmax, value: s.values.k, text: `${s.values.k}` },
    {
      type: "range",
      key: "merge",
      min: 0,
      max: s.right.merges.length - 1,
      value: s.values.merge,
      text: `${s.values.merge + 1} of ${s.right.merges.length}`,
    },
    { type: "check", key: "swap", value: s.swap },
    dataSelect(data, s.values.data),
  ],
  panels: () => [
    { key: "trees", title: "Click a merge on the right to swap its arms", height: () => 440 },
  ],
  draw: {
    trees(w, h, s) {
      const label =
        `Two trees of ${s.set.title} face to face` +
        (s.asking ? "" : `, ${s.values.left} cut into ${s.values.k} and ${s.values.right}, `) +
        (s.asking ? "" : `with ${s.crossings} crossings`);
      return { svg: picture(w, h, s), label, ...(s.asking ? { title: "Two trees" } : {}) };
    },
  },
  drag: {
    trees: ({ handle, phase }, s) =>
      phase === "down" ? { swapped: toggled(s.values.swapped, +handle), merge: +handle } : null,
  },
  status(s) {
    const n = s.labels.length;
    const v = s.values;
    return (
      `${v.left} beside ${v.right}: ${s.crossings} of ${(n * (n - 1)) / 2} pairs of lines cross. ` +
      `The heights where pairs meet correlate by ${s.r.toFixed(3)}. Cut into ${v.k}, the trees ` +
      `agree by ${s.rand.toFixed(3)} (adjusted Rand index). Merge ${v.merge + 1} of the right ` +
      `tree stands at ${fmt(s.right.heights[v.merge])}.`
    );
  },
};

function picture(w, h, s) {
  const n = s.labels.length;
  const [from, to] = [Math.round(w * 0.38), Math.round(w * 0.62)];
  const y = (place) => 24 + ((place + 0.5) * (h - 30)) / n;
  const side = (tree, inner, outer) => scale(0, Math.max(...tree.heights), inner, outer);
  const [xl, xr] = [side(s.left, from, 8), side(s.right, to, w - 8)];
  const none = () => -1;
  const colour = (tree) => (s.asking ? none : tree.colour);
  const lines = s.left.order.map((leaf, i) => {
    const [a, b] = [y(i), y(s.right.order.indexOf(leaf))];
    const c = s.asking ? -1 : s.labels[leaf];
    return (
      line(from + 5, a, to - 5, b, "ln", `style="stroke:${hue(c)}" data-rows="${leaf}"${dash(c)}`) +
      mark(c, from + 3, a, 4, "mk", `data-rows="${leaf}"`) +
      mark(c, to - 3, b, 4, "mk", `data-rows="${leaf}"`)
    );
  });
  const names = s.asking ? ["", ""] : [s.values.left, s.values.right];
  return (
    text(8, 14, names[0], "start", 'style="font-weight:700"') +
    text(w - 8, 14, names[1], "end", 'style="font-weight:700"') +
    arms(s.left, s.left.order, (place, v) => [xl(v), y(place)], colour(s.left)) +
    arms(s.right, s.right.order, (place, v) => [xr(v), y(place)], colour(s.right)) +
    lines.join("") +
    (s.asking ? "" : handles(s, xr, y))
  );
}

// A dot on each merge of the right tree, which swaps its arms; the chosen one is ringed.
function handles(s, x, y) {
  const n = s.labels.length;
  const layout = treeLayout(s.right.merges, s.right.order).x;
  const at = s.right.heights.map((v, i) => [x(v), y(layout[n + i])]);
  const dots = at.map(
    ([a, b], i) =>
      `<circle class="wd" fill="${hue(0)}" cx="${a.toFixed(1)}" cy="${b.toFixed(1)}" r="3"/>` +
      `<circle class="grab" fill="transparent" data-handle="${i}" ` +
      `cx="${a.toFixed(1)}" cy="${b.toFixed(1)}" r="11"/>`,
  );
  return dots.join("") + mark(0, ...at[s.values.merge], 8, "ho", 'style="stroke-width:2.5"');
}
