// A tree grows merge by merge, with the arithmetic of the update.

import { leafOf, leavesOf, mode, seenAs } from "./shared/merging_nodes.js";
import { clamp, range } from "./shared/numbers.js";
import { scatter } from "./shared/scatter.js";
import { asNamed, dataSelect, select } from "./shared/specs.js";
import { line, mark, text } from "./shared/svg.js";
import { heat, table } from "./shared/tables.js";
import { tree } from "./shared/tree.js";
import { fmt, plural } from "./shared/words.js";

// Balls around the points, with half the height of the last merge for a radius: where two of
// different clusters touch, single linkage merges next.
function balls(s, f) {
  if (s.values.method !== "single" || s.asking) return "";
  const radius = (step) => (step ? f.x(s.tree.heights[step - 1] / 2) - f.x(0) : 0);
  const [r, last] = [radius(s.values.step), radius(s.values.step - 1)];
  const grow = s.grown ? ` clx-grow" style="--from:${(last / r || 0).toFixed(3)}` : "";
  return s.set.points
    .map(
      ([x, y]) =>
        `<circle class="ba${grow}" cx="${f.x(x).toFixed(1)}" cy="${f.y(y).toFixed(1)}" ` +
        `r="${r.toFixed(1)}"/>`,
    )
    .join("");
}

export const view = {
  defaults: () => ({ data: "line", method: "single", step: 2, rule: true }),
  change(v, key) {
    if (key === "data") v.step = 0;
    return v;
  },
  state(values, data, before) {
    const set = data.sets[values.data],
      tree = set.trees[values.method],
      n = set.points.length;
    const step = clamp(values.step, 0, n - 1),
      now = tree.states[step];
    const grouped = now.members.filter((m) => m.length > 1).sort((a, b) => a[0] - b[0]);
    const labels = new Array(n).fill(-1);
    const last = before && before.values.data === values.data ? before.labels : null;
    const taken = new Set();
    for (const m of [...grouped].sort((a, b) => b.length - a.length)) {
      let c = last ? mode(m.map((i) => last[i]).filter((v) => v >= 0 && !taken.has(v))) : -1;
      if (c < 0) {
        c = 0;
        while (taken.has(c) || last?.some((v, i) => v === c && !m.includes(i))) c++;
      }
      taken.add(c);
      m.forEach((i) => {
        labels[i] = c;
      });
    }
    const colour = (node) => (node - n < step ? labels[leafOf(tree.merges, n, node)] : -1);
    const grown = before?.tree === tree && before.values.step === step - 1;
    return { values: { ...values, step }, set, tree, now, n, labels, colour, grown };
  },
  controls: (s, data) => [
    {
      type: "range",
      key: "step",
      label: "Merges done",
      min: 0,
      max: s.n - 1,
      value: s.values.step,
      text: `${s.values.step} of ${s.n - 1}`,
      play: 900,
    },
    select("method", "Method", s.values.method, asNamed(Object.keys(data.methods))),
    dataSelect(data, s.values.data),
    {
      type: "check",
      key: "rule",
      label: "Show the arithmetic of the update",
      value: s.values.rule,
    },
  ],
  panels: () => [
    { key: "points", title: "", height: 270 },
    { key: "tree", title: "The tree so far", wide: true, height: 270 },
    { key: "matrix", title: "", height: (w) => w * 0.85 },
    { key: "Z", title: "The rows of Z so far", html: true },
    { key: "rule", title: "", html: true, wide: true },
  ],
  draw: {
    points(w, h, s, data) {
      const P = s.set.points,
        now = s.now;
      const pairs = !now.pair || s.asking ? [] : seenAs(s.values.method, P, now);
      return {
        ...scatter(w, h, {
          points: P,
          labels: s.labels,
          equal: true,
          under: (f) =>
            balls(s, f) +
            pairs
              .map(([p, q]) =>
                line(
                  f.x(p[0]),
                  f.y(p[1]),
                  f.x(q[0]),
                  f.y(q[1]),
                  "cut",
                  pairs.length > 1 ? 'style="stroke-width:.8"' : "",
                ),
              )
              .join(""),
          over: (f) =>
            P.map((p, i) =>
              text(f.x(p[0]) + 7, f.y(p[1]) - 6, `#${i}`, "start", 'style="font-size:11px"'),
            ).join("") +
            (now.pair && ["centroid", "median", "ward"].includes(s.values.method)
              ? now.pair
                  .map((c) => mark(-1, f.x(now.centres[c][0]), f.y(now.centres[c][1]), 9))
                  .join("")
              : ""),
        }),
        title: s.asking
          ? "What joins next?"
          : now.pair
          ? `Next: #${now.nodes[now.pair[0]]} and #${now.nodes[now.pair[1]]}, by the ` +
            `${data.methods[s.values.method]}`
          : "One cluster is left",
        label: now.pair
          ? `${s.n} points in ${now.nodes.length} clusters; the dashed lines show what joins next`
          : `${s.n} points in one cluster`,
      };
    },
    tree: (w, h, s) => ({
      ...tree(w, h, {
        merges: s.tree.merges,
        heights: s.tree.heights,
        order: s.tree.order,
        colour: s.colour,
        labels: s.labels,
        hide: (i) => i >= s.values.step,
        names: range(s.n).map((i) => `#${i}`),
      }),
      label: `Tree with ${s.values.step} of ${s.n - 1} merges`,
    }),
    matrix(w, h, s) {
      const { D, nodes, pair } = s.now,
        m = nodes.length;
      const none = "No distance is left";
      if (m < 2) return { svg: "", h: 1, title: none, label: none };
      const matrix = range(m).map((i) =>
        range(m).map((j) => (i === j ? null : D[Math.max(i, j)][Math.min(i, j)])),
      );
      const top = (s.tree.top ??= Math.max(...s.tree.states.flatMap((t) => t.D.flat()), 1e-9));
      return {
        ...heat(w, h, {
          matrix,
          names: nodes.map((node) => `#${node}`),
          top,
          ring: (i, j) =>
            pair && ((i === pair[0] && j === pair[1]) || (i === pair[1] && j === pair[0])),
        }),
        title: "Distances of the clusters; the ringed pair is nearest",
        label: `Distances of ${m} clusters; the smallest is ${fmt(s.now.height)}`,
      };
    },
    rule(_w, _h, s) {
      const { terms } = s.now,
        step = s.values.step;
      if (!s.values.rule) return { html: "", title: "" };
      if (!step)
        return {
          html: "<p>Nothing has merged yet: these are the distances of the points.</p>",
          title: "The update",
        };
      const [a, b] = s.tree.merges[step - 1],
        square = s.tree.squared ? "squared " : "";
      const row = `<p><code>Z[${step - 1}] = ${a}, ${b}, ${fmt(s.tree.heights[step - 1], 5)}, ` +
        `${leavesOf(s.tree.merges, s.n, s.n + step - 1)}</code></p>`;
      if (!terms.length) return { html: row, title: "The update" };
      const part = (c, d) =>
        c ? `${c < 0 ? "\u2212 " : "+ "}${fmt(Math.abs(c), 3)}\u00b7${fmt(d, 4)}` : "";
      return {
        html:
          row +
          table(
            ["to", "a d(k,x) + a d(k,y) + b d(x,y) + c |difference|", "= d"],
            terms.map(([k, ax, ay, bb, c, dx, dy, dxy, out]) => [
              `#${k}`,
              [part(ax, dx).slice(2), part(ay, dy), part(bb, dxy), part(c, Math.abs(dx - dy))]
                .filter(Boolean)
                .join(" "),
              fmt(out, 4),
            ]),
          ) +
          (s.now.nodes.length - 1 > terms.length
            ? `<p>and ${s.now.nodes.length - 1 - terms.length} more</p>`
            : ""),
        title: `How the ${square}distances to the new cluster #${s.n + step - 1} were found`,
      };
    },
    Z(_w, _h, s) {
      const leaves = (node) =>
        node < s.n ? [node] : s.tree.merges[node - s.n].flatMap(leaves);
      const rows = s.tree.merges.slice(0, s.values.step).map(([a, b], i) => [
        s.n + i,
        a,
        b,
        fmt(s.tree.heights[i], 5),
        leaves(s.n + i).length,
      ]);
      if (!rows.length) return { html: "<p>None yet.</p>" };
      const head = ["new", "one", "other", "height", "points"];
      return { html: table(head, rows, (i) => leaves(s.n + i).join(" ")) };
    },
  },
  status(s) {
    const v = s.values,
      left = s.now.nodes.length,
      head = `${v.method} linkage, ${v.step} of ${s.n - 1} merges done, ` +
        `${plural(left, "cluster")} left.`;
    if (!s.now.pair)
      return `${head} The tree is complete, its top at ${fmt(s.tree.heights.at(-1))}.`;
    return `${head} Next: #${s.now.nodes[s.now.pair[0]]} and #${s.now.nodes[s.now.pair[1]]} at ` +
      `distance ${fmt(s.now.height)}.`;
  },
};
