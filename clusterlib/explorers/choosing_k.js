// A run of k-means at one k, and the scores of all k beside it.

import { chart, silhouettePlot } from "./shared/charts.js";
import { keepColours, sizes } from "./shared/flat_clusters.js";
import { distances, lloyd, silhouettes } from "./shared/k_means.js";
import { clamp, mean, sum, unpacked } from "./shared/numbers.js";
import { extent } from "./shared/scales.js";
import { scatter, trails } from "./shared/scatter.js";
import { select } from "./shared/specs.js";
import { text, weighed } from "./shared/svg.js";
import { table } from "./shared/tables.js";
import { fmt, named, plural } from "./shared/words.js";

const kMemo = new WeakMap();
export const view = {
  defaults: (data) => ({ ...data.start, step: data.start.step }),
  change(v, key) {
    if (key !== "step") v.step = 99;
    return v;
  },
  state(values, data, before) {
    const v = { ...values },
      set = data.sets[v.data + (v.scaled ? "+" : "")];
    if (typeof set.X === "string") set.X = unpacked(set.X, set.d, set.unit);
    if (!kMemo.has(set))
      kMemo.set(set, {
        D: distances(set.X),
        runs: new Map(),
        plane: (p) => [0, 1].map((a) => sum(p.map((x, j) => (x - set.origin[j]) * set.lens[j][a]))),
      });
    const memo = kMemo.get(set);
    memo.points ??= set.X.map(memo.plane);
    v.k = clamp(v.k, 1, set.sse.length);
    const id = [v.method, v.seed, v.k].join();
    if (!memo.runs.has(id))
      memo.runs.set(
        id,
        lloyd(
          set.X,
          set.starts[v.method][v.seed][v.k - 1].map((c) => (typeof c === "number" ? set.X[c] : c)),
          99,
          set.weights,
        ),
      );
    const run = memo.runs.get(id);
    v.step = clamp(v.step, 0, run.length - 1);
    const now = run[v.step],
      same = before && before.values.data === v.data ? before.labels : null;
    const to = keepColours(
      now.labels,
      same,
      memo.points.map((p) => p[0]),
    );
    const labels = now.labels.map((c) => to[c]);
    let free = 0;
    const wordLabels = now.C.map((_, c) => to[c] ?? -1).map((c) => {
      while (c < 0 && to.includes(free)) free++;
      return c < 0 ? free++ : c;
    });
    const filled = sizes(labels, set.weights)
      .filter(Boolean)
      .sort((a, b) => b - a);
    const each = filled.length > 1 ? silhouettes(memo.D, labels, set.weights) : null;
    return {
      values: v,
      set,
      run,
      now,
      labels,
      wordLabels,
      filled,
      each,
      mean: each ? mean(each, set.weights) : NaN,
      points: memo.points,
      words: now.C.map(memo.plane),
      trails: trails(run.slice(0, v.step + 1).map((t) => t.C.map(memo.plane))),
      from:
        now.move && before?.values.step === v.step - 1 && before.run === run
          ? run[v.step - 1].C.map(memo.plane)
          : null,
    };
  },
  controls(s, data) {
    const v = s.values;
    return [
      {
        type: "range",
        key: "k",
        label: "Number of clusters k",
        min: 1,
        max: s.set.sse.length,
        value: v.k,
        text: String(v.k),
      },
      {
        type: "range",
        key: "step",
        label: "Half step of Lloyd",
        min: 0,
        max: s.run.length - 1,
        value: v.step,
        text: `${v.step} of ${s.run.length - 1}, ${s.now.move ? "moved" : "assigned"}`,
        play: 600,
      },
      select("method", "Start", v.method, Object.entries(data.names)),
      {
        type: "range",
        key: "seed",
        label: "Seed of the start",
        min: 0,
        max: data.seeds - 1,
        value: v.seed,
        text: String(v.seed),
      },
      {
        type: "select",
        key: "data",
        label: "Data",
        value: v.data,
        options: Object.keys(data.sets)
          .filter((d) => !d.endsWith("+"))
          .map((d) => [d, data.sets[d].title]),
      },
      { type: "check", key: "scaled", label: "Standardize the features", value: v.scaled },
    ].filter(
      (c) =>
        (c.key !== "data" || c.options.length > 1) &&
        (c.key !== "scaled" || `${v.data}+` in data.sets),
    );
  },
  panels: () => [
    { key: "scatter", title: "Clusters and code words (large marks)", height: 280 },
    { key: "silhouette", title: "Silhouettes of these clusters", height: 280 },
    { key: "trace", title: "SSE of this run, half step by half step", height: 230 },
    { key: "elbow", title: "SSE of the best partition known, by k", height: 230 },
    { key: "score", title: "Mean silhouette, by k", height: 230 },
    { key: "gap", title: "Gap statistic, by k", height: 230 },
    { key: "table", title: "What each witness says", html: true, wide: true },
  ],
  draw: {
    scatter(w, h, s) {
      const flat = s.set.X[0].length === 2;
      return {
        ...(s.set.weights && {
          title: "Points as large as their counts, and code words (large marks)",
        }),
        ...scatter(w, h, {
          points: s.points,
          labels: s.labels,
          words: s.words,
          wordLabels: s.wordLabels,
          trails: s.trails,
          from: s.from,
          cells: flat && s.words.length > 1,
          equal: true,
          size: weighed(s.set.weights),
          xlabel: s.set.axes[0],
          ylabel: s.set.axes[1],
        }),
        label: `${named(s.points.length, s.set.weights)} in ` +
          `${plural(s.filled.length, "cluster")} of ${s.filled.join(", ")}`,
      };
    },
    silhouette(w, h, s) {
      if (!s.each)
        return {
          svg: text(w / 2, h / 2, "One cluster has no silhouette."),
          label: "No silhouettes with one cluster",
        };
      const low = s.each.filter((v) => v < 0).length;
      return {
        ...silhouettePlot(w, h, { values: s.each, labels: s.labels, mean: s.mean }),
        label: `Silhouettes, mean ${fmt(s.mean, 3)}, ${low} negative`,
      };
    },
    trace(w, h, s) {
      const points = s.run.map((r, i) => [i, r.sse]);
      return {
        ...chart(w, h, {
          series: [{ points, at: s.values.step, mark: (p) => (s.run[p[0]].move ? 1 : 0) }],
          xlabel: "half step: circle assigns, square moves",
        }),
        label: `SSE falls from ${fmt(s.run[0].sse)} to ${fmt(s.run.at(-1).sse)} in ` +
          `${s.run.length} half steps; now ${fmt(s.now.sse)}`,
      };
    },
    elbow: (w, h, s) => {
      const points = s.set.sse.map((y, i) => [i + 1, y]),
        k = s.values.k;
      return {
        ...chart(w, h, {
          series: [
            { points, at: k - 1 },
            { points: [[k, s.now.sse]], dots: true, colour: 5, r: 5 },
          ],
          y: extent([...s.set.sse, 0, Math.min(s.now.sse, s.set.sse[0] * 1.3)]),
          xlabel: "k",
        }),
        label: `Best known SSE ${fmt(s.set.sse[k - 1])} at k = ${k}; this run has ` +
          `${fmt(s.now.sse)}`,
      };
    },
    score: (w, h, s) => ({
      ...chart(w, h, {
        series: [{ points: s.set.silhouette.map((y, i) => [i + 1, y ?? NaN]), at: s.values.k - 1 }],
        xlabel: "k",
      }),
      label: `Mean silhouette ${fmt(s.set.silhouette[s.values.k - 1], 3)} at k = ${s.values.k}; ` +
        `highest at ${highest(s.set.silhouette)}`,
    }),
    gap: (w, h, s) => ({
      ...chart(w, h, {
        series: [{ points: s.set.gap.map((y, i) => [i + 1, y, s.set.s[i]]), at: s.values.k - 1 }],
        xlabel: "k",
      }),
      label: `Gap ${fmt(s.set.gap[s.values.k - 1], 3)} at k = ${s.values.k}; its rule chooses ` +
        `${s.set.chosen ?? "none"}`,
    }),
    table(_w, _h, s) {
      const i = s.values.k - 1,
        t = s.set;
      return {
        html: table(
          ["witness", `at k = ${i + 1}`, "prefers k ="],
          [
            ["SSE (elbow)", fmt(t.sse[i], 5), "falls with every k"],
            ["mean silhouette", fmt(t.silhouette[i], 3), highest(t.silhouette)],
            ["Calinski-Harabasz", fmt(t.ch[i], 4), highest(t.ch)],
            ["Davies-Bouldin", fmt(t.db[i], 3), highest(t.db.map((y) => (y === null ? null : -y)))],
            ["gap statistic", fmt(t.gap[i], 3), t.chosen ?? "none of these"],
          ],
        ),
      };
    },
  },
  status(s, data) {
    const v = s.values;
    return (
      `k = ${v.k}, ${data.names[v.method]} start, seed ${v.seed}, half step ${v.step} of ` +
      `${s.run.length - 1}, ${s.now.move ? "code words moved" : "labels assigned"}: SSE ` +
      `${fmt(s.now.sse, 5)}, best known ${fmt(s.set.sse[v.k - 1], 5)}. ` +
      `Sizes ${s.filled.join(", ")}. Mean silhouette ${fmt(s.mean, 3)}. The gap statistic ` +
      `chooses ${s.set.chosen ?? "no k of these"}.`
    );
  },
};
const highest = (a) =>
  a.reduce((best, y, i) => (y !== null && (best < 0 || y > a[best]) ? i : best), -1) + 1;
