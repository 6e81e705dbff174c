// The same t under the five criteria of fcluster.

import { cutTree, keepColours } from "./shared/flat_clusters.js";
import { frame } from "./shared/frame.js";
import { clamp } from "./shared/numbers.js";
import { extent } from "./shared/scales.js";
import { dataSelect } from "./shared/specs.js";
import { hue, line, mark, text } from "./shared/svg.js";
import { cividis } from "./shared/tables.js";
import { tree, treeLayout } from "./shared/tree.js";
import { fmt, plural } from "./shared/words.js";

const criterionPanel = (criterion) => (w, h, s, data) => {
  const found = s.flat[criterion],
    to = keepColours(found.labels, null, s.set.x);
  const t = data.t[s.values.t];
  if (s.asking) {
    const { merges, heights, order } = s.set;
    const plain = tree(w, h, { merges, heights, order, colour: () => -1 });
    return { ...plain, title: "The tree", label: `Ward's tree of ${s.set.title}` };
  }
  return {
    ...tree(w, h, {
      merges: s.set.merges,
      heights: s.set.heights,
      order: s.set.order,
      labels: found.labels.map((c) => to[c]),
      colour: (m) => (found.node(m) < 0 ? -1 : to[found.node(m)]),
      shade: criterion === "inconsistent" ? (i) => cividis(s.set.R[i][3] / 1.1547) : null,
      over: (f) =>
        (criterion === "distance" && f.y(t) > f.top - 6
          ? line(f.left, f.y(t), f.right, f.y(t), "cut")
          : "") +
        (criterion === "inconsistent"
          ? `<circle class="ho" style="stroke-width:2.5" cx="${f.x(s.mid).toFixed(1)}" ` +
            `cy="${f.y(s.set.heights[s.values.merge]).toFixed(1)}" r="9"/>`
          : ""),
    }),
    title:
      `${criterion}: ${plural(found.count, "cluster")}. t is the ${data.meanings[criterion]}` +
      (criterion === "inconsistent" ? "; lighter dots are larger coefficients" : ""),
    label: `Tree cut by ${criterion} at t = ${t}: ${plural(found.count, "cluster")}`,
  };
};
export const view = {
  defaults: (data) => ({ ...data.start }),
  change(v, key) {
    if (key === "data") v.merge = 1e6;
    return v;
  },
  state(values, data) {
    const set = data.sets[values.data],
      v = {
        ...values,
        t: clamp(values.t, 0, data.t.length - 1),
        merge: clamp(values.merge, 0, set.merges.length - 1),
      };
    const flat = Object.fromEntries(
      Object.entries(data.statistics).map(([c, statistic]) => [
        c,
        cutTree(set.merges, set.rank[statistic], set.limits[c][v.t], set.order),
      ]),
    );
    const { x } = (set.layout ??= treeLayout(set.merges, set.order));
    return {
      values: v,
      set,
      flat,
      mid: x[set.merges.length + 1 + v.merge],
      counts: Object.fromEntries(Object.entries(flat).map(([c, f]) => [c, f.count])),
    };
  },
  controls: (s, data) => [
    {
      type: "range",
      key: "t",
      label: "t",
      min: 0,
      max: data.t.length - 1,
      value: s.values.t,
      text: String(data.t[s.values.t]),
      play: 500,
    },
    {
      type: "range",
      key: "merge",
      label: "Merge to inspect",
      min: 0,
      max: s.set.merges.length - 1,
      value: s.values.merge,
      text: `${s.values.merge + 1} of ${s.set.merges.length}`,
    },
    dataSelect(data, s.values.data),
  ],
  panels: (data) => [
    ...Object.keys(data.meanings).map((c) => ({ key: c, title: c, height: 220 })),
    { key: "stem", title: "", height: 220 },
  ],
  draw: {
    inconsistent: criterionPanel("inconsistent"),
    distance: criterionPanel("distance"),
    maxclust: criterionPanel("maxclust"),
    monocrit: criterionPanel("monocrit"),
    maxclust_monocrit: criterionPanel("maxclust_monocrit"),
    stem(w, h, s) {
      const i = s.values.merge,
        n = s.set.merges.length + 1,
        [mean, spread, , coefficient] = s.set.R[i];
      const heights = [
        s.set.heights[i],
        ...s.set.merges[i].filter((c) => c >= n).map((c) => s.set.heights[c - n]),
      ];
      const f = frame(w, h, {
        x: [0, 3],
        y: extent([0, ...heights, mean + spread, mean - spread]),
        xticks: [],
        ylabel: "height",
      });
      const band = `<rect x="${f.x(0.4)}" y="${f.y(mean + spread)}" ` +
        `width="${f.x(1.6) - f.x(0.4)}" ` +
        `height="${Math.max(0, f.y(mean - spread) - f.y(mean + spread))}" fill="${hue(4)}" ` +
        `opacity=".45"/>`;
      return {
        ...f,
        svg:
          f.svg +
          band +
          line(f.x(0.4), f.y(mean), f.x(1.6), f.y(mean), "ln") +
          text(f.x(1.7), f.y(mean) + 4, `mean ${fmt(mean)}`, "start") +
          heights.map((y, j) => mark(j ? 0 : 5, f.x(1), f.y(y), j ? 5 : 7)).join("") +
          text(f.x(1.2), f.y(heights[0]) - 6, "this merge", "start"),
        title: `Coefficient ${fmt(coefficient, 5)}: how many deviations (band) this merge lies ` +
          `above the mean; never more than 1.1547`,
        label: `Heights ${heights.map((y) => fmt(y)).join(", ")}; mean ${fmt(mean)}, deviation ` +
          `${fmt(spread)}, coefficient ${fmt(coefficient)}`,
      };
    },
  },
  status(s, data) {
    const i = s.values.merge,
      [mean, spread, count, coefficient] = s.set.R[i];
    return `t = ${data.t[s.values.t]}: ${Object.keys(data.meanings)
      .map((c) => `${c} ${s.counts[c]}`)
      .join(
        ", ",
      )} clusters. Merge ${i + 1} of ${s.set.merges.length}: height ${fmt(s.set.heights[i])}, ` +
      `of ${plural(count, "height")} with mean ${fmt(mean)} and deviation ${fmt(spread)}: ` +
      `coefficient ${coefficient.toFixed(4)}.`;
  },
};
