// Levels on an axis; each of the two conditions is a button.

import { chart } from "./shared/charts.js";
// erf by a series whose terms are all positive, so that no digits cancel.
import { measured, PDF } from "./shared/densities.js";
import { frame } from "./shared/frame.js";
import { clamp, range } from "./shared/numbers.js";
import { extent } from "./shared/scales.js";
import { asNamed, nth, select } from "./shared/specs.js";
import { hue, line, mark, polyline } from "./shared/svg.js";
import { fmt, plural } from "./shared/words.js";

const halfway = (levels) => levels.slice(1).map((v, i) => (v + levels[i]) / 2);
const numberList = (s) => s.trim().split(/\s+/).map(Number);
const listed = (a) => a.map((v) => +v.toFixed(5)).join(" ");
const placeLevel = (levels, i, x) =>
  levels.map((v, j) =>
    j === i ? clamp(x, (levels[i - 1] ?? -4.05) + 0.02, (levels[i + 1] ?? 4.05) - 0.02) : v,
  );
export const view = {
  defaults: () => ({ law: "gaussian", k: 4, levels: "", thresholds: "", level: 0 }),
  change(v, key, _data, s) {
    if (key === "k" || key === "law") {
      v.levels = "";
      v.thresholds = "";
      v.level = Math.min(v.level, v.k - 1);
    }
    if (key === "x") {
      v.levels = listed(placeLevel(s.levels, s.values.level, v.x / 50));
      v.thresholds = "";
    }
    delete v.x;
    return v;
  },
  state(values, data, before) {
    const v = { ...values, k: clamp(values.k, 1, data.kmax) };
    let levels = v.levels ? numberList(v.levels) : data.first[v.k - 1];
    if (
      levels.length !== v.k ||
      levels.some((x, i) => !Number.isFinite(x) || (i && x <= levels[i - 1]))
    ) {
      levels = data.first[v.k - 1];
      v.levels = "";
      v.thresholds = "";
    }
    let thresholds = v.thresholds ? numberList(v.thresholds) : halfway(levels);
    if (thresholds.length !== v.k - 1 || !thresholds.every(Number.isFinite)) {
      thresholds = halfway(levels);
      v.thresholds = "";
    }
    v.level = clamp(v.level, 0, v.k - 1);
    if (!PDF[v.law]) throw new RangeError("unknown law");
    const m = measured(v.law, levels, thresholds),
      R = Math.log2(v.k);
    const same = before && before.values.law === v.law && before.values.k === v.k;
    const trace = same
      ? Math.abs(before.m.D - m.D) > 1e-9
        ? [...before.trace, m.D].slice(-40)
        : before.trace
      : [m.D];
    return {
      values: v,
      levels,
      thresholds,
      m,
      R,
      D: m.D,
      gap: 10 * Math.log10((m.D * 4 ** R) / data.bound[v.law]),
      trace,
    };
  },
  controls: (s, data) => [
    {
      type: "buttons",
      key: "conditions",
      label: "The two conditions",
      buttons: [
        { text: "Thresholds to midpoints", patch: { thresholds: "", levels: listed(s.levels) } },
        {
          text: "Levels to centroids",
          patch: { levels: listed(s.m.means), thresholds: listed(s.thresholds) },
        },
        {
          text: "Run to the end",
          patch: { levels: listed(data.best[s.values.law][s.values.k - 1]), thresholds: "" },
        },
      ],
    },
    {
      type: "range",
      key: "k",
      label: "Number of levels",
      min: 1,
      max: data.kmax,
      value: s.values.k,
      text: String(s.values.k),
    },
    ...nth("level", "Level to place", s.values.level, s.values.k),
    {
      type: "range",
      key: "x",
      label: "Its place",
      min: Math.ceil(50 * ((s.levels[s.values.level - 1] ?? -4.02) + 0.02)),
      max: Math.floor(50 * ((s.levels[s.values.level + 1] ?? 4.02) - 0.02)),
      value: Math.round(s.levels[s.values.level] * 50),
      text: fmt(s.levels[s.values.level], 3),
    },
    select("law", "Law of the numbers", s.values.law, asNamed(data.laws)),
  ],
  panels: () => [
    {
      key: "density",
      title: "Drag a level (mark on the axis); dashed: thresholds",
      wide: true,
      height: 270,
    },
    { key: "trace", title: "D after each change", height: 240 },
    {
      key: "rate",
      title:
        "D by bits: plus at log2 of the levels, square at H; " +
        "dots are the best, the line is Shannon's lower bound",
      height: 240,
    },
  ],
  draw: {
    density(w, h, s) {
      const pdf = PDF[s.values.law],
        xs = range(241).map((i) => -4 + i / 30),
        top = pdf(0);
      const f = frame(w, h, { x: [-4.1, 4.1], y: [0, top * 1.08], drop: 8 });
      const edges = [-4.1, ...s.thresholds, 4.1];
      const areas = s.levels.map((_, i) => {
        const inside = [
          edges[i],
          ...xs.filter((x) => x > edges[i] && x < edges[i + 1]),
          edges[i + 1],
        ];
        return edges[i + 1] > edges[i]
          ? `<path fill="${hue(i)}" opacity=".35" d="M${f.x(edges[i]).toFixed(1)} ` +
            f.y(0) +
            inside.map((x) => `L${f.x(x).toFixed(1)} ${f.y(pdf(x)).toFixed(1)}`).join("") +
            `L${f.x(edges[i + 1]).toFixed(1)} ${f.y(0)}Z"/>`
          : "";
      });
      return {
        ...f,
        svg:
          f.svg +
          areas.join("") +
          polyline(xs.map((x) => [f.x(x), f.y(pdf(x))])) +
          s.thresholds
            .map((t) => line(f.x(t), f.top, f.x(t), f.y(0), "ax", 'stroke-dasharray="5 4"'))
            .join("") +
          s.levels
            .map((x, i) => mark(i, f.x(x), f.y(0), 9, "wd grab", `data-handle="${i}"`))
            .join("") +
          `<circle class="ho" style="stroke-width:2;pointer-events:none" ` +
          `cx="${f.x(s.levels[s.values.level]).toFixed(1)}" cy="${f.y(0)}" r="14"/>`,
        label: `Density of the ${s.values.law} law with levels at ` +
          `${s.levels.map((x) => fmt(x, 3)).join(", ")}`,
      };
    },
    trace: (w, h, s) => ({
      ...chart(w, h, {
        series: [{ points: s.trace.map((d, i) => [i, d]), at: s.trace.length - 1 }],
        x: [-0.5, Math.max(4, s.trace.length) - 0.5],
        xlabel: "changes",
      }),
      label: `D: ${s.trace
        .slice(-6)
        .map((d) => fmt(d))
        .join(", ")}`,
    }),
    rate(w, h, s, data) {
      const dB = (d) => 10 * Math.log10(d),
        best = data.D[s.values.law].map((d, i) => [Math.log2(i + 1), dB(d)]);
      return {
        ...chart(w, h, {
          series: [
            { points: best, dots: true },
            { points: [[s.R, dB(s.D)]], dots: true, colour: 5, r: 6 },
            { points: [[s.m.H, dB(s.D)]], dots: true, colour: 1, r: 6 },
          ],
          xlabel: "bits per number",
          ylabel: "D in dB",
          y: extent([0, -19, dB(s.D)]),
          over: (f) => {
            const low = dB(data.bound[s.values.law]); // at 0 bits
            return line(f.x(0), f.y(low), f.x(3), f.y(low - 60 * Math.log10(2)), "ln");
          },
        }),
        label: `${fmt(s.R, 3)} bits and ${fmt(dB(s.D), 3)} dB; the bound is ${fmt(s.gap, 3)} dB ` +
          `below`,
      };
    },
  },
  drag: {
    density: (p, s) =>
      p.phase === "down"
        ? { level: +p.handle }
        : {
            level: +p.handle,
            levels: listed(placeLevel(s.levels, +p.handle, p.x)),
            thresholds: "",
          },
  },
  status: (s) =>
    `${plural(s.levels.length, "level")}: D = ${s.D.toFixed(4)}, ${fmt(s.R, 3)} bits with a ` +
    `fixed length, entropy ${s.m.H.toFixed(3)} bits, ` +
    `${s.gap.toFixed(2)} dB above Shannon's lower bound. Level ` +
    `${s.values.level + 1} stands at ${fmt(s.levels[s.values.level], 3)}.`,
};
