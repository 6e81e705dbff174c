// Swap the arms of a merge; the tree stays the same tree.

import { bars } from "./shared/charts.js";
import { clamp, range, sum } from "./shared/numbers.js";
import { asNamed, dataSelect, select } from "./shared/specs.js";
import { heat, table } from "./shared/tables.js";
import { tree } from "./shared/tree.js";
import { fmt } from "./shared/words.js";

function leafOrder(merges, flips) {
  const n = merges.length + 1,
    out = [];
  const walk = (node) => {
    if (node < n) return out.push(node);
    const [a, b] = merges[node - n];
    for (const child of flips[node - n] ? [b, a] : [a, b]) walk(child);
  };
  walk(2 * n - 2);
  return out;
}
const neighbourSum = (D, order) => sum(order.slice(1).map((leaf, i) => D[order[i]][leaf]));
const swapAt = (s, i) => ({
  flips: s.flips.map((f, j) => (j === i ? 1 - f : f)).join(""),
  merge: i,
});
export const view = {
  defaults: () => ({ data: "twelve", method: "ward", flips: "", merge: 0 }),
  change(v, key) {
    if (key === "data" || key === "method") v.flips = "";
    return v;
  },
  state(values, data) {
    const set = data.sets[values.data],
      tree = set.trees[values.method],
      m = tree.merges.length;
    const flips = range(m).map((i) => +(values.flips[i] === "1"));
    const order = leafOrder(tree.merges, flips);
    return {
      values: {
        ...values,
        flips: flips.some(Boolean) ? flips.join("") : "",
        merge: clamp(values.merge, 0, m - 1),
      },
      set,
      tree,
      flips,
      order,
      total: neighbourSum(set.D, order),
      best: neighbourSum(set.D, leafOrder(tree.merges, tree.best)),
    };
  },
  controls: (s, data) => [
    {
      type: "range",
      key: "merge",
      label: "Merge",
      min: 0,
      max: s.tree.merges.length - 1,
      value: s.values.merge,
      text: `${s.values.merge + 1} of ${s.tree.merges.length}, height ` +
        `${fmt(s.tree.heights[s.values.merge])}`,
    },
    {
      type: "buttons",
      key: "swap",
      label: "Order of the leaves",
      buttons: [
        { text: "Swap its arms", patch: swapAt(s, s.values.merge) },
        { text: "As is", patch: { flips: "" } },
        { text: "Optimal order", patch: { flips: s.tree.best.join("") } },
      ],
    },
    select("method", "Method", s.values.method, asNamed(data.methods)),
    dataSelect(data, s.values.data),
  ],
  panels: () => [
    { key: "tree", title: "Click a dot to swap the arms of that merge", wide: true, height: 260 },
    { key: "heat", title: "Distances in the order of the leaves", height: (w) => w * 0.9 },
    { key: "steps", title: "From each leaf to its right neighbour", height: 260 },
    { key: "facts", title: "What depends on the order, and what does not", html: true },
  ],
  draw: {
    tree: (w, h, s) => ({
      ...tree(w, h, {
        merges: s.tree.merges,
        heights: s.tree.heights,
        order: s.order,
        colour: (i) => (i - s.order.length === s.values.merge ? 1 : -1),
        names: s.set.names,
        click: true,
      }),
      label: `Tree with its leaves in the order ` +
        `${s.order.map((i) => s.set.names[i]).join(", ")}; merge ${s.values.merge + 1} is chosen`,
    }),
    heat: (w, h, s) => ({
      ...heat(w, h, {
        matrix: s.order.map((i) => s.order.map((j) => s.set.D[i][j])),
        names: s.order.map((i) => s.set.names[i]),
      }),
      label: "Distances of the leaves, row by row in the order of the tree",
    }),
    steps: (w, h, s) => ({
      ...bars(w, h, {
        values: s.order.slice(1).map((leaf, i) => s.set.D[s.order[i]][leaf]),
        names: s.order.slice(1).map((i) => s.set.names[i]),
        left: 44,
      }),
      label: `Distances between neighbouring leaves, together ${fmt(s.total)}`,
    }),
    facts: (_w, _h, s) => ({
      html: table(
        ["quantity", "now", "as is"],
        [
          [
            "sum of neighbour distances",
            fmt(s.total, 5),
            fmt(
              neighbourSum(
                s.set.D,
                leafOrder(
                  s.tree.merges,
                  s.flips.map(() => 0),
                ),
              ),
              5,
            ),
          ],
          ["cophenetic correlation", fmt(s.tree.r), fmt(s.tree.r)],
          ["orders of this tree", 2 ** s.tree.merges.length, 2 ** s.tree.merges.length],
        ],
      ),
    }),
  },
  drag: { tree: (p, s) => (p.phase === "down" ? swapAt(s, +p.handle) : null) },
  status: (s) =>
    `Neighbouring leaves are ${fmt(s.total)} apart in all, at best ${fmt(s.best)}. Cophenetic ` +
    `correlation ${s.tree.r.toFixed(4)}, whatever the order. Merge ${s.values.merge + 1} of ` +
    `${s.tree.merges.length}, at height ${fmt(s.tree.heights[s.values.merge])}, is chosen.`,
};
