// Lloyd's method, half step by half step; code words can be dragged.

import { chart } from "./shared/charts.js";
import { lloyd } from "./shared/k_means.js";
import { clamp } from "./shared/numbers.js";
import { wordScale, wordsOf, wordsText } from "./shared/placed_words.js";
import { extent } from "./shared/scales.js";
import { scatter, trails } from "./shared/scatter.js";
import { dataSelect, nth, placed } from "./shared/specs.js";
import { icon } from "./shared/svg.js";
import { table } from "./shared/tables.js";
import { fmt, plural } from "./shared/words.js";

export const view = {
  defaults: (data) => ({ ...data.start }),
  change(v, key, _data, state) {
    if (key === "data") v.k = v.data === "rectangle" ? 2 : 3;
    if (key === "data" || key === "k") {
      v.words = "";
      v.step = 1;
      v.word = 0;
    }
    if (key === "wx" || key === "wy") {
      const C = state.C.map((c) => [...c]),
        axis = key === "wx" ? 0 : 1;
      C[state.values.word][axis] = wordScale(state.set, axis)(v[key]);
      v.words = wordsText(C);
      v.step = 0;
    }
    delete v.wx;
    delete v.wy;
    return v;
  },
  state(values, data, before) {
    const v = { ...values },
      set = data.sets[v.data];
    v.k = clamp(v.k, 1, set.starts.length);
    let start = v.words ? wordsOf(v.words) : set.starts[v.k - 1];
    if (
      !start.every((c) => c.length === 2 && c.every(Number.isFinite)) ||
      start.length > data.kmax
    ) {
      start = set.starts[v.k - 1];
      v.words = "";
    }
    v.k = start.length;
    v.word = clamp(v.word, 0, v.k - 1);
    const id = v.data + wordsText(start);
    if (set.id !== id) {
      set.run = lloyd(set.points, start, 99);
      set.id = id;
    }
    const run = set.run;
    v.step = clamp(v.step, 0, run.length);
    const now = v.step ? run[v.step - 1] : null,
      C = now ? now.C : start;
    return {
      values: v,
      set,
      run,
      now,
      C,
      start,
      walked: now?.move && before?.values.step === v.step - 1,
      labels: now ? now.labels : set.points.map(() => -1),
    };
  },
  controls(s, data) {
    const v = s.values,
      next = s.run[v.step],
      end = v.step === s.run.length,
      at = (axis) => clamp(Math.round(wordScale(s.set, axis).inverse(s.C[v.word][axis])), 0, 100);
    return [
      {
        type: "buttons",
        key: "go",
        label: "Lloyd's steps",
        buttons: [
          { text: "Assign", patch: { step: v.step + 1 }, disabled: end || next.move },
          { text: "Move", patch: { step: v.step + 1 }, disabled: end || !next.move },
          { text: "Back", patch: { step: v.step - 1 }, disabled: !v.step },
          { text: "Run", patch: { step: s.run.length }, disabled: end },
        ],
      },
      {
        type: "range",
        key: "step",
        label: "Half steps done",
        min: 0,
        max: s.run.length,
        value: v.step,
        text: `${v.step} of ${s.run.length}`,
        play: 700,
      },
      {
        type: "range",
        key: "k",
        label: "Number of code words k",
        min: 1,
        max: s.set.starts.length,
        value: v.k,
        text: String(v.k),
      },
      dataSelect(data, v.data),
      ...nth("word", "Code word to place", v.word, v.k),
      ...placed(
        ["Its place from left to right", "Its place from bottom to top"],
        (axis) => fmt(s.C[v.word][axis], 3),
        at,
      ),
    ];
  },
  panels: () => [
    {
      key: "scatter",
      title: "Drag a code word (large mark)",
      height: (w) => Math.max(260, w * 0.75),
    },
    { key: "trace", title: "SSE after each half step", height: 260 },
    { key: "sizes", title: "The code words", html: true },
  ],
  draw: {
    scatter(w, h, s) {
      const P = s.set.points;
      const counts = s.C.map((_, c) => s.labels.filter((l) => l === c).length);
      const told = s.now ? `sizes ${counts.join(", ")}` : "not assigned yet";
      return {
        ...scatter(w, h, {
          points: P,
          labels: s.labels,
          words: s.C,
          old: s.now?.move ? s.run[s.values.step - 2].C : [],
          cells: s.C.length > 1,
          trails: s.now ? trails(s.run.slice(0, s.values.step).map((t) => t.C)) : [],
          from: s.walked ? s.run[s.values.step - 2].C : null,
          drag: true,
          x: extent(P.map((p) => p[0])),
          y: extent(P.map((p) => p[1])),
          over: (f) =>
            `<circle class="ho" style="stroke-width:2.5;pointer-events:none" ` +
            `cx="${f.x(s.C[s.values.word][0]).toFixed(1)}" ` +
            `cy="${f.y(s.C[s.values.word][1]).toFixed(1)}" r="13"/>`,
        }),
        label: `${P.length} points and ${plural(s.C.length, "code word")}, ${told}`,
      };
    },
    trace(w, h, s) {
      const points = s.run.map((r, i) => [i + 1, r.sse]);
      return {
        ...chart(w, h, {
          series: [
            {
              points: points.slice(0, Math.max(1, s.values.step)),
              at: s.values.step - 1,
              mark: (p) => (s.run[p[0] - 1].move ? 1 : 0),
              dots: !s.values.step,
              r: s.values.step ? 3.2 : 0,
            },
          ],
          x: [0.5, Math.max(2, points.length) + 0.5],
          y: [0, 1.08 * Math.max(...points.map((p) => p[1]))],
          xlabel: "half step: circle assigns, square moves",
        }),
        label: s.now
          ? `SSE ${points
              .slice(0, s.values.step)
              .map((p) => fmt(p[1]))
              .join(", ")}`
          : "No SSE yet: no point is assigned",
      };
    },
    sizes: (_w, _h, s) => ({
      html: table(
        ["code word", "x", "y", "points"],
        s.C.map((c, i) => [
          { html: `${icon(i)} ${i + 1}` },
          fmt(c[0], 3),
          fmt(c[1], 3),
          s.now ? s.labels.filter((l) => l === i).length : "none yet",
        ]),
      ),
    }),
  },
  drag: {
    scatter(p, s) {
      const word = +p.handle,
        C = s.C.map((c) => [...c]);
      if (p.phase === "down") return { word };
      C[word] = [p.x, p.y];
      return { word, words: wordsText(C), step: 0 };
    },
  },
  status(s) {
    const v = s.values,
      last = s.run.length,
      head = `Step ${v.step} of ${last}`,
      at = ` Code word ${v.word + 1} stands at ${s.C[v.word].map((x) => fmt(x, 3)).join(", ")}.`;
    if (!s.now)
      return `${head}, ${plural(s.C.length, "code word")} placed, no point assigned yet.${at}`;
    const size = s.C.map((_, c) => s.labels.filter((l) => l === c).length);
    return `${head}, ${s.now.move ? "code words moved" : "labels assigned"}. SSE ` +
      `${fmt(s.now.sse)}. Sizes ` +
      `${size.join(", ")}.${v.step === last ? " Nothing changes any more." : ""}${at}`;
  },
};
