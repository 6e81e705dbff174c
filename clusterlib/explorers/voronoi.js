// Code words over Gaussian pairs, cells, rate and distortion.

import { chart } from "./shared/charts.js";
import { frame } from "./shared/frame.js";
import { means, nearest, sse } from "./shared/k_means.js";
import { clamp, range } from "./shared/numbers.js";
import { wordsOf, wordsText } from "./shared/placed_words.js";
import { extent, scale } from "./shared/scales.js";
import { cells, cloud } from "./shared/scatter.js";
import { nth, placed, select } from "./shared/specs.js";
import { mark, polyline } from "./shared/svg.js";
import { fmt, plural } from "./shared/words.js";

const planeScale = scale(0, 100, -4, 4);
const gaussianPairs = (data, r) =>
  ((data.pairs ??= [])[r] ??= data.noise.map(([a, b]) => [
    a,
    data.rhos[r] * a + Math.sqrt(1 - data.rhos[r] ** 2) * b,
  ]));
const pairClouds = {}; // the pairs stay where they are while words move
const boundAt = (R, rho) => {
  const low = 1 - rho,
    D = Math.sqrt(1 - rho * rho) * 4 ** -R;
  return D <= low ? D : ((1 + rho) * 16 ** -R + low) / 2;
};
// A prime number of words leaves one row: 13 x 1.
function gridOf({ k, place, words }) {
  if (k < 2 || place !== "grid" || words) return "";
  const rows = range(k + 1).findLast((d) => d && k % d === 0 && d * d <= k);
  return ` in a grid of ${k / rows} x ${rows}`;
}
export const view = {
  defaults: () => ({ rho: "0", k: 16, place: "grid", words: "", word: 0 }),
  change(v, key, _data, s) {
    if (key === "k" || key === "rho") v.words = "";
    if (key === "wx" || key === "wy")
      v.words = wordsText(
        s.C.map((c, i) =>
          i === s.values.word
            ? key === "wx"
              ? [planeScale(v.wx), c[1]]
              : [c[0], planeScale(v.wy)]
            : c,
        ),
      );
    delete v.wx;
    delete v.wy;
    return v;
  },
  state(values, data) {
    const v = { ...values, k: clamp(values.k, 1, data.kmax) },
      r = clamp(Math.round(+v.rho) || 0, 0, data.rhos.length - 1);
    v.rho = String(r);
    const X = gaussianPairs(data, r);
    let C = v.words ? wordsOf(v.words) : null;
    if (!C || C.length !== v.k || !C.every((c) => c.length === 2 && c.every(Number.isFinite))) {
      v.words = "";
      C = (v.place === "lbg" ? data.lbg[r] : data.grid)[v.k - 1];
    }
    v.word = clamp(v.word, 0, v.k - 1);
    const labels = nearest(X, C),
      D = sse(X, C, labels) / 2 / X.length,
      R = Math.log2(v.k) / 2;
    return { values: v, X, C, labels, D, R, bound: boundAt(R, data.rhos[r]), r };
  },
  controls(s, data) {
    const v = s.values,
      at = (a) => clamp(Math.round(planeScale.inverse(s.C[v.word][a])), 0, 100);
    return [
      {
        type: "range",
        key: "k",
        label: "Number of code words k",
        min: 1,
        max: data.kmax,
        value: v.k,
        text: `${v.k}, ${fmt(s.R, 3)} bits per number`,
      },
      select(
        "rho",
        "Correlation of the two numbers",
        v.rho,
        data.rhos.map((p, i) => [String(i), String(p)]),
      ),
      {
        type: "buttons",
        key: "place",
        label: "Place the code words",
        buttons: [
          {
            text: "Product grid",
            patch: { place: "grid", words: "" },
            pressed: v.place === "grid" && !v.words,
          },
          {
            text: "By splitting",
            patch: { place: "lbg", words: "" },
            pressed: v.place === "lbg" && !v.words,
          },
          { text: "One Lloyd step", patch: { words: wordsText(means(s.X, s.labels, s.C)) } },
        ],
      },
      ...nth("word", "Code word to place", v.word, v.k),
      ...placed(
        ["Its first number", "Its second number"],
        (axis) => fmt(s.C[v.word][axis], 3),
        at,
      ),
    ];
  },
  panels: () => [
    {
      key: "plane",
      title: "Drag a code word; the dots are Gaussian pairs, evenly laid",
      height: (w) => Math.max(280, w * 0.85),
    },
    {
      key: "rate",
      title: "D in dB by bits: squares grid, triangles splitting; the line is the bound",
      height: 290,
    },
  ],
  draw: {
    plane(w, h, s) {
      const f = frame(w, h, { x: [-4, 4], y: [-4, 4], equal: true }),
        groups = [["#7F7F7F", 0.7, range(s.X.length)]];
      const chosen = s.C[s.values.word];
      return {
        ...f,
        svg:
          f.svg +
          (pairClouds[[s.r, w, h]] ??= cloud(s.X, groups, f, 1.6)) +
          (s.C.length > 1 ? cells(s.C, f) : "") +
          s.C.map((c, i) =>
            mark(0, f.x(c[0]), f.y(c[1]), 6.5, "wd grab", `data-handle="${i}"`),
          ).join("") +
          `<circle class="ho" style="stroke-width:2.5;pointer-events:none" ` +
          `cx="${f.x(chosen[0]).toFixed(1)}" cy="${f.y(chosen[1]).toFixed(1)}" r="12"/>`,
        label: `${s.X.length} pairs in ${plural(s.C.length, "cell")}`,
      };
    },
    rate(w, h, s, data) {
      const dB = (d) => 10 * Math.log10(d),
        curve = (place) => data.D[place][s.r].map((d, i) => [Math.log2(i + 1) / 2, dB(d)]);
      return {
        ...chart(w, h, {
          series: [
            { points: curve("grid"), dots: true, colour: 1 },
            { points: curve("lbg"), dots: true, colour: 2 },
            { points: [[s.R, dB(s.D)]], dots: true, colour: 0, r: 7 },
          ],
          y: extent([...data.bound[s.r].map(dB), 0.5, Math.min(6, dB(s.D))]),
          x: [-0.1, 2.1],
          xlabel: "bits per number",
          over: (f) => polyline(data.rates.map((R, i) => [f.x(R), f.y(dB(data.bound[s.r][i]))])),
        }),
        label: `${fmt(s.R, 3)} bits per number, ${fmt(dB(s.D), 3)} dB; the bound is ` +
          `${fmt(dB(s.bound), 3)} dB`,
      };
    },
  },
  drag: {
    plane: (p, s) =>
      p.phase === "down"
        ? { word: +p.handle }
        : {
            word: +p.handle,
            words: wordsText(
              s.C.map((c, i) => (i === +p.handle ? [clamp(p.x, -4, 4), clamp(p.y, -4, 4)] : c)),
            ),
          },
  },
  status: (s) =>
    `${plural(s.C.length, "code word")}${gridOf(s.values)}, ${fmt(s.R, 3)} bits per number: ` +
    `D = ${s.D.toFixed(4)} per number, the bound is ${s.bound.toFixed(4)}, so ` +
    `${Math.max(10 * Math.log10(s.D / s.bound), 0).toFixed(2)} dB are lost. ` +
    `Code word ${s.values.word + 1} ` +
    `stands at ${s.C[s.values.word].map((x) => fmt(x, 3)).join(", ")}.`,
};
