// The choices of seven seedings, then Lloyd's iterations.

import { barRows, chart } from "./shared/charts.js";
import { frame } from "./shared/frame.js";
import { means, nearest, sse } from "./shared/k_means.js";
import { clamp, range, squared, sum } from "./shared/numbers.js";
import { extent } from "./shared/scales.js";
import { cells, cloud, trails } from "./shared/scatter.js";
import { select } from "./shared/specs.js";
import { line, mark, polyline, text } from "./shared/svg.js";
import { cividis } from "./shared/tables.js";
import { fmt, plural } from "./shared/words.js";

const seedingRuns = new Map();
export const view = {
  defaults: () => ({ method: "++", seed: 0, outlier: false, step: 1, iteration: 0 }),
  change(v, key, data) {
    const words = data.centres.length;
    if (key === "step" && v.step < words) v.iteration = 0;
    if (key === "iteration" && v.iteration > 0) v.step = words;
    return v;
  },
  state(values, data) {
    const v = { ...values },
      key = v.method + (v.outlier ? "+" : "");
    const X = v.outlier ? (data.with ??= data.points.concat([data.outlier])) : data.points;
    const start = data.starts[key][v.seed].map((c) => (typeof c === "number" ? X[c] : c));
    const last = data.runs[key][v.seed][0];
    v.iteration = v.step < start.length ? 0 : clamp(v.iteration, 0, last);
    const id = `${key}/${v.seed}`;
    if (!seedingRuns.has(id)) seedingRuns.set(id, [{ C: start, labels: nearest(X, start) }]);
    const steps = seedingRuns.get(id);
    while (steps.length <= v.iteration) {
      const { C, labels } = steps.at(-1),
        moved = means(X, labels, C);
      steps.push({ C: moved, labels: nearest(X, moved) });
    }
    const costs = [],
      near = new Float64Array(X.length).fill(Infinity);
    for (const c of v.iteration ? [] : start.slice(0, v.step)) {
      for (let i = 0; i < X.length; i++) near[i] = Math.min(near[i], squared(X[i], c));
      costs.push(near.reduce((a, b) => a + b));
    }
    const upTo = steps.slice(0, v.iteration + 1);
    for (const s of upTo) s.sse ??= sse(X, s.C, s.labels);
    const now = steps[v.iteration],
      C = v.iteration ? now.C : start.slice(0, v.step);
    const labels = C.length === start.length ? now.labels : nearest(X, C);
    const weights = X.map((p, i) => squared(p, C[labels[i]])),
      cost = sum(weights);
    const owned = new Set(nearest(C, data.centres));
    return {
      values: v,
      X,
      C,
      labels,
      weights,
      cost,
      costs,
      ratio: cost / data.ideal[+v.outlier],
      steps: upTo,
      last,
      key,
      candidates: v.iteration ? [] : (data.candidates[key]?.[v.seed][v.step - 1] ?? []),
      orphans: range(data.centres.length).filter((c) => !owned.has(c)),
      found: data.found[key],
    };
  },
  controls(s, data) {
    const v = s.values;
    return [
      select("method", "Method", v.method, Object.entries(data.names)),
      {
        type: "range",
        key: "seed",
        label: "Seed",
        min: 0,
        max: data.seeds - 1,
        value: v.seed,
        text: String(v.seed),
      },
      {
        type: "range",
        key: "step",
        label: "Code words chosen",
        min: 1,
        max: data.centres.length,
        value: v.step,
        text: `${v.step} of ${data.centres.length}`,
        play: 500,
      },
      {
        type: "range",
        key: "iteration",
        label: "Lloyd iteration",
        min: 0,
        max: s.last,
        value: v.iteration,
        text: `${v.iteration} of ${s.last}`,
        play: 400,
      },
      { type: "check", key: "outlier", label: "Add one far outlier", value: v.outlier },
    ];
  },
  panels: () => [
    { key: "points", title: "", wide: false, height: (w) => w * 0.92 },
    { key: "trace", title: "SSE, as a multiple of that of the true centres", height: 250 },
    { key: "tally", title: "", height: 250 },
  ],
  draw: {
    points(w, h, s, data) {
      // The outlier would squeeze the clusters: it is drawn in the corner that points at it.
      const f = frame(w, h, {
        x: extent(data.points.map((p) => p[0])),
        y: extent(data.points.map((p) => p[1])),
        equal: true,
      });
      const at = ([x, y]) => [Math.min(f.x(x), f.right - 10), Math.max(f.y(y), f.top + 10)];
      const choosing = !s.values.iteration,
        top = Math.max(...s.weights),
        groups = range(5).map((b) => [
          choosing ? cividis(0.3 + 0.7 * (b / 4)) : "#7F7F7F",
          choosing ? 1 : 0.6,
          [],
        ]);
      s.weights.forEach((d, i) =>
        groups[choosing ? Math.min(4, Math.floor(5 * Math.sqrt(d / top))) : 0][2].push(i),
      );
      const inside = { x: (x) => at([x, 0])[0], y: (y) => at([0, y])[1] };
      let svg = f.svg + (s.C.length > 1 ? cells(s.C, f) : "") + cloud(s.X, groups, inside, 1.8);
      for (const c of s.orphans) {
        const [x, y] = data.centres[c];
        svg +=
          `<circle cx="${f.x(x).toFixed(1)}" cy="${f.y(y).toFixed(1)}" r="13" fill="none" ` +
          `stroke="#D55E00" stroke-width="3"/>` +
          text(f.x(x), f.y(y) - 15, "!", "middle", 'class="bad"');
      }
      for (const i of s.candidates) svg += mark(0, ...at(s.X[i]), 9, "ho");
      for (const places of s.values.iteration ? trails(s.steps.map((t) => t.C)) : [])
        svg += polyline(places.map(at), "tr");
      for (const p of s.C) svg += mark(0, ...at(p), 6, "wd");
      if (choosing && s.C.length < data.centres.length)
        svg += mark(1, ...at(s.C.at(-1)), 7, "wd");
      if (s.values.outlier)
        svg += text(
          f.right - 20,
          f.top + 14,
          `outlier at (${data.outlier.join(", ")}) \u2197`,
          "end",
          'class="halo"',
        );
      return {
        ...f,
        svg,
        title: choosing
          ? "Lighter points lie farther from every code word (D squared)" +
            (s.candidates.length > 1 ? "; circles: the candidates of the last choice" : "")
          : "Code words and their cells; ! marks a true centre without one",
        label: `${s.C.length} code words among ${s.X.length} points; ${s.orphans.length} true ` +
          `centres without one`,
      };
    },
    trace(w, h, s, data) {
      const ideal = data.ideal[+s.values.outlier],
        choosing = !s.values.iteration;
      const points = choosing
        ? s.costs.map((c, i) => [i + 1, c / ideal])
        : s.steps.map((t, i) => [i, t.sse / ideal]);
      const last = choosing ? data.centres.length : s.last;
      return {
        ...chart(w, h, {
          series: [{ points, at: points.length - 1 }],
          x: [+choosing - 0.3, Math.max(1, last) + 0.3],
          y: [choosing ? 0 : 0.9, Math.max(...points.map((p) => p[1])) * 1.05],
          xlabel: choosing ? "code words chosen" : "Lloyd iteration",
          over: (f) => line(f.left, f.y(1), f.right, f.y(1), "ax", 'stroke-dasharray="3 3"'),
        }),
        label: `SSE ratio by ${choosing ? "code word" : "iteration"}: ` +
          `${points.map((p) => fmt(p[1], 3)).join(", ")}`,
      };
    },
    tally(w, h, s, data) {
      const methods = Object.keys(data.names),
        counts = methods.map((m) => data.found[m + (s.values.outlier ? "+" : "")]);
      return {
        ...barRows(w, h, {
          values: counts,
          names: Object.values(data.names),
          at: methods.indexOf(s.values.method),
        }),
        title: `Runs of ${data.counted} that find all clusters, ` +
          `${s.values.outlier ? "with" : "without"} the outlier`,
        label: `Successes in ${data.counted} runs: ` +
          `${methods.map((m, i) => `${data.names[m]} ${counts[i]}`).join(", ")}`,
      };
    },
  },
  status(s, data) {
    const v = s.values;
    return (
      `${data.names[v.method]}, seed ${v.seed}, ${plural(s.C.length, "code word")}, iteration ` +
      `${v.iteration}: SSE ${fmt(s.ratio, 3)} times that of the true centres, ` +
      `${s.orphans.length} of ${data.centres.length} centres without a code word. Of ` +
      `${data.counted} runs, ${s.found} find every cluster.`
    );
  },
};
