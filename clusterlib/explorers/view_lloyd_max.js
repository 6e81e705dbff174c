// X1 "lloyd-max": levels on a line; thresholds to midpoints, levels to centroids.
const erf = (x) => {  // all terms of this series are positive, so no digits cancel
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x, total = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) { term *= (2 * x * x) / (2 * n + 1); total += term; }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
};
const gaussPdf = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI), gaussBelow = (x) => (1 + erf(x / Math.SQRT2)) / 2;
const B = Math.SQRT1_2, E = Math.sqrt(3), inside = (x) => clamp(x, -E, E);
// Each law: density, and the integrals up to x of density, x times density, and x^2 times density.
const LAWS = {
  gaussian: {reach: 9, pdf: gaussPdf, F: [gaussBelow, (x) => -gaussPdf(x), (x) => gaussBelow(x) - x * gaussPdf(x)]},
  laplace: {reach: 30, pdf: (x) => Math.exp(-Math.abs(x) / B) / (2 * B), F: [
    (x) => { const tail = Math.exp(-Math.abs(x) / B) / 2; return x < 0 ? tail : 1 - tail; },
    (x) => (-(Math.abs(x) + B) * Math.exp(-Math.abs(x) / B)) / 2,
    (x) => { const a = Math.abs(x), tail = ((a * a + 2 * B * a + 2 * B * B) * Math.exp(-a / B)) / 2; return x < 0 ? tail : 1 - tail; }]},
  uniform: {reach: E, pdf: (x) => (Math.abs(x) <= E ? 1 / (2 * E) : 0), F: [(x) => (inside(x) + E) / (2 * E), (x) => (inside(x) ** 2 - 3) / (4 * E), (x) => (inside(x) ** 3 + E ** 3) / (6 * E)]},
};
function quantizerSteps(name, levels, still, limit) {
  const law = LAWS[name], run = [];
  let thresholds = [];
  const cells = () => {
    const end = Math.max(law.reach + 1, ...thresholds.map(Math.abs)), edges = [-end, ...thresholds, end];
    const at = law.F.map((F) => edges.map(F));
    return levels.map((_, i) => [...at.map((F) => F[i + 1] - F[i]), edges[i], edges[i + 1]]);
  };
  const record = () => {
    const parts = cells(), p = parts.map((c) => Math.max(c[0], 0));
    run.push({levels, thresholds, p, D: Math.max(0, sum(parts.map(([, m, s], i) => s - 2 * levels[i] * m + levels[i] ** 2 * p[i]))),
      H: -sum(p.map((v) => (v > 0 ? v * Math.log2(v) : 0)))});
  };
  while (run.length < limit) {
    thresholds = levels.slice(1).map((v, i) => (v + levels[i]) / 2);
    record();
    const before = levels;
    levels = cells().map(([p, m, , low, high], i) => (p > 0 ? clamp(m / p, low, high) : before[i]));
    record();
    if (levels.every((v, i) => Math.abs(v - before[i]) < still)) break;
  }
  return run;
}
export {quantizerSteps};

const spreadLevels = (n) => range(n).map((i) => ((2 * i + 1 - n) * 2) / n);
function squeezed(levels, i, value, data) {
  const out = [...levels], low = i ? levels[i - 1] + data.gap : -data.edge, high = i + 1 < levels.length ? levels[i + 1] - data.gap : data.edge;
  out[i] = Math.min(Math.max(value, low), high);
  return {levels: out.map((v) => +v.toFixed(3)).join(" "), level: i, step: 0};
}
view("lloyd-max", {
  defaults: (data) => data.start,
  change(v, key, data, s) {
    if (key === "law" || key === "n") { v.levels = ""; v.step = 0; }
    if (key === "place") Object.assign(v, squeezed(s.now.levels, s.values.level, -data.edge + (2 * data.edge * v.place) / data.places, data));
    return v;
  },
  state(values, data, before) {
    const v = {...values};
    if (!Object.hasOwn(LAWS, v.law)) v.law = "gaussian";
    v.n = clamp(v.n, 1, data.nmax);
    let start = v.levels.split(/\s+/).filter(Boolean).map(Number);
    if (start.length !== v.n || !start.every((x, i) => Number.isFinite(x) && (!i || x > start[i - 1]))) start = spreadLevels(v.n);
    const id = v.law + start.join();
    const run = before?.id === id ? before.run : quantizerSteps(v.law, start, data.still, data.limit);
    v.step = clamp(v.step, 0, run.length - 1);
    v.level = clamp(v.level, 0, v.n - 1);
    const now = run[v.step], R = Math.log2(v.n);
    v.place = clamp(Math.floor((data.places * (now.levels[v.level] + data.edge)) / (2 * data.edge) + 0.5), 0, data.places);
    return {values: v, id, run, now, R, best: data.best[v.law][v.n - 1], gap: 10 * Math.log10(now.D / (data.bound[v.law] * 4 ** -R))};
  },
  controls(s, data) {
    const v = s.values, last = s.run.length - 1, done = v.step === last;
    return [
      {type: "range", key: "n", label: "Number of levels N", min: 1, max: data.nmax, value: v.n, text: `${v.n}, ${fmt(s.R, 3)} bits`},
      {type: "select", key: "law", label: "Law of the numbers", value: v.law, options: Object.entries(data.titles)},
      {type: "range", key: "level", label: "Which level", min: 0, max: v.n - 1, value: v.level, text: `${v.level + 1} of ${v.n}`},
      {type: "range", key: "place", label: "Its place", min: 0, max: data.places, value: v.place, text: fmt(s.now.levels[v.level], 3)},
      {type: "range", key: "step", label: "Half step", min: 0, max: last, value: v.step, text: `${v.step} of ${last}`, play: 500},
      {type: "buttons", key: "go", label: "Improve it", buttons: [
        {text: "Thresholds to midpoints", patch: {step: v.step + 1}, disabled: done || v.step % 2 === 0}, {text: "Levels to centroids", patch: {step: v.step + 1}, disabled: done || v.step % 2 === 1},
        {text: "Back", patch: {step: v.step - 1}, disabled: v.step === 0}, {text: "Run to the end", patch: {step: last}, disabled: done}]},
      {type: "buttons", key: "from", label: "Start again from", buttons: [{text: "Steps of 4/N", patch: {levels: "", step: 0}}, {text: "Best equal steps", patch: {levels: data.equal[v.law][v.n - 1], step: 0}}]},
    ];
  },
  panels: () => [{key: "density", title: "Drag a level (large mark); the dark area is D", wide: true, height: (w) => (w < 500 ? 240 : 280)},
    {key: "trace", title: "D by half step", height: 240}, {key: "rate", title: "Signal to noise against bits", height: 240}, {key: "cells", title: "The cells", html: true}],
  draw: {
    density(w, h, s, data) {
      const law = LAWS[s.values.law], {levels, thresholds, p} = s.now, e = data.edge, n = levels.length;
      const f = frame(w, h, {x: [-e, e], y: [0, law.pdf(0) * 1.05], xlabel: "number", left: 40});
      const area = (lo, hi, y) => {
        const xs = range(61).map((i) => lo + ((hi - lo) * i) / 60);
        return `M${f.x(lo).toFixed(1)} ${f.y(0).toFixed(1)}` + xs.map((x) => `L${f.x(x).toFixed(1)} ${f.y(y(x)).toFixed(1)}`).join("") + `L${f.x(hi).toFixed(1)} ${f.y(0).toFixed(1)}Z`;
      };
      let svg = f.svg, curve = [];
      levels.forEach((v, i) => {
        const lo = clamp(i ? thresholds[i - 1] : -e, -e, e), hi = clamp(i < n - 1 ? thresholds[i] : e, -e, e);
        svg += `<path fill="${hue(i)}" opacity=".3" d="${area(lo, hi, law.pdf)}"/><path fill="currentColor" opacity=".65" d="${area(lo, hi, (x) => law.pdf(x) * (x - v) ** 2)}"/>`;
      });
      for (let i = 0; i <= 240; i++) curve.push([f.x(-e + (e * i) / 120), f.y(law.pdf(-e + (e * i) / 120))]);
      svg += polyline(curve);
      for (const t of thresholds) if (Math.abs(t) < e) svg += line(f.x(t), f.top, f.x(t), f.bottom, "cut", 'style="stroke-width:1.5"');
      levels.forEach((v, i) => {
        const x = f.x(clamp(v, -e, e));
        svg += line(x, f.bottom, x, f.bottom - 26, "ax") + mark(i, x, f.bottom - 30, i === s.values.level ? 9 : 7, "wd grab", `data-handle="${i}"`) +
          `<rect class="grab" fill="transparent" data-handle="${i}" x="${(x - 12).toFixed(1)}" y="${f.bottom - 52}" width="24" height="52"/>`;
      });
      return {...f, svg, label: `Density with ${plural(n, "level")} at ${levels.map((v) => fmt(v, 3)).join(", ")}; probabilities ${p.map((v) => fmt(v, 2)).join(", ")}`};
    },
    trace(w, h, s) {
      const points = s.run.map((q, i) => [i, q.D]), many = points.length > 40, at = s.values.step;
      const series = many ? [{points: points.filter((_, i) => i % Math.ceil(points.length / 200) === 0 || i === points.length - 1), r: 0}, {points: [points[at]], at: 0, colour: at % 2}]
        : [{points, at, mark: (p) => p[0] % 2}];
      return {...chart(w, h, {series, y: extent(points.map((p) => p[1])), x: extent([0, Math.max(1, points.length - 1)]), xlabel: "half step: circle thresholds, square levels"}), label: `D falls from ${fmt(s.run[0].D)} to ${fmt(s.run.at(-1).D)}; now ${fmt(s.now.D)}`};
    },
    rate(w, h, s, data) {
      const law = s.values.law, dB = (D) => -10 * Math.log10(D), bound = [0, 3.1].map((R) => [R, dB(data.bound[law] * 4 ** -R)]);
      return {...chart(w, h, {series: [{points: bound, r: 0, dashes: "6 4"}, {points: data.best[law].map(([D], i) => [Math.log2(i + 1), dB(D)])},
        {points: [[s.R, dB(s.now.D)]], dots: true, colour: 1, r: 6}, {points: [[s.now.H, dB(s.now.D)]], dots: true, colour: 2, r: 6}],
        x: [-0.1, 3.2], y: [Math.min(-1, dB(s.now.D)) - 0.5, 20], xlabel: "bits", ylabel: "dB; dashed: no code can do better"}),
        title: "Square: bits at fixed length; triangle: entropy; circles: best for each N",
        label: `${fmt(dB(s.now.D), 3)} dB at ${fmt(s.R, 3)} bits, entropy ${fmt(s.now.H, 3)} bits, ${fmt(s.gap, 3)} dB from the bound`};
    },
    cells: (w, h, s) => ({html: table(["level", "at", "cell begins at", "probability"], s.now.levels.map((v, i) => [{html: `${icon(i)} ${i + 1}`}, fmt(v, 3), i ? fmt(s.now.thresholds[i - 1], 3) : "\u2212\u221e", fmt(s.now.p[i], 3)]))}),
  },
  drag: {
    density(p, s, data) {
      if (p.phase === "down") return {level: +p.handle};
      return squeezed(s.now.levels, +p.handle, p.x, data);
    },
  },
  status(s, data) {
    const v = s.values;
    return `${data.titles[v.law]}, ${plural(v.n, "level")}, half step ${v.step} of ${s.run.length - 1}, ${v.step % 2 ? "levels at centroids" : "thresholds at midpoints"}: D = ${fmt(s.now.D)}, the least possible is ${fmt(s.best[0])}. ` +
      `Fixed length ${fmt(s.R, 3)} bits, entropy ${fmt(s.now.H, 3)} bits, ${fmt(s.gap, 3)} dB from the bound. Level ${v.level + 1} stands at ${fmt(s.now.levels[v.level], 3)}.`;
  },
});
