// One stream of rows, cut into batches of six sizes; Lloyd's passes beside them.

import { bars, chart } from "./shared/charts.js";
import { frame } from "./shared/frame.js";
import { lloyd, nearest, sse } from "./shared/k_means.js";
import { clamp, range } from "./shared/numbers.js";
import { extent } from "./shared/scales.js";
import { cells, cloud } from "./shared/scatter.js";
import { select } from "./shared/specs.js";
import { hue, line, mark, text } from "./shared/svg.js";
import { fmt, plural } from "./shared/words.js";

const batchRuns = new Map();
// The codebook at each tenth of a pass; it moves when a batch is complete.
function batchBooks(X, C, size, passes, every) {
  const count = C.map(() => 0),
    out = [C];
  for (let read = size; read <= X.length * passes; read += size) {
    while (out.length * every < read) out.push(C);
    const start = (read - size) % X.length,
      batch = X.slice(start, start + size),
      labels = nearest(batch, C);
    const own = C.map(() => 0),
      total = C.map((c) => c.map(() => 0));
    batch.forEach((p, i) => {
      own[labels[i]]++;
      p.forEach((v, j) => {
        total[labels[i]][j] += v;
      });
    });
    own.forEach((n, c) => {
      count[c] += n;
    });
    C = C.map((c, i) => c.map((v, j) => v + (total[i][j] - own[i] * v) / Math.max(count[i], 1)));
    if (out.length * every === read) out.push(C);
  }
  return out;
}
function batchRun(start, seed, data) {
  const id = `${start}/${seed}`;
  if (!batchRuns.has(id)) {
    const X = data.points,
      C = data.starts[start][seed],
      { passes, ideal } = data;
    const loss = (book) => sse(X, book, nearest(X, book)) / ideal;
    const full = lloyd(X, C, passes)
      .filter((s) => !s.move)
      .map((s) => s.sse / ideal);
    while (full.length <= passes) full.push(full.at(-1));
    const each = data.sizes.map((size) => {
      const books = batchBooks(X, C, size, passes, X.length / data.tenths),
        losses = [];
      books.forEach((book, i) =>
        losses.push(i && book === books[i - 1] ? losses[i - 1] : loss(book)),
      );
      return { books, losses };
    });
    batchRuns.set(id, { full, each });
  }
  return batchRuns.get(id);
}
export const view = {
  defaults: () => ({ start: "++", seed: 2, size: 1, read: 1 }),
  state(values, data) {
    const v = {
      ...values,
      seed: clamp(values.seed, 0, data.starts["++"].length - 1),
      size: clamp(values.size, 0, data.sizes.length - 1),
      read: clamp(values.read, 0, data.passes * data.tenths),
    };
    const { full, each } = batchRun(v.start, v.seed, data),
      size = data.sizes[v.size],
      C = each[v.size].books[v.read];
    const rows = (v.read * data.points.length) / data.tenths,
      done = rows - (rows % size),
      owned = new Set(nearest(C, data.centres));
    return {
      values: v,
      C,
      size,
      rows,
      moves: done / size,
      done,
      loss: each[v.size].losses[v.read],
      trace: each[v.size].losses,
      sizes: each.map((e) => e.losses[v.read]),
      all: full,
      full: full[Math.floor(v.read / data.tenths)],
      orphans: range(data.centres.length).filter((c) => !owned.has(c)),
    };
  },
  controls(s, data) {
    const v = s.values,
      n = data.points.length;
    return [
      {
        type: "range",
        key: "read",
        label: "Rows read",
        min: 0,
        max: data.passes * data.tenths,
        value: v.read,
        text: `${s.rows}, ${fmt(s.rows / n, 2)} of ${data.passes} passes`,
        play: 300,
      },
      {
        type: "range",
        key: "size",
        label: "Rows in a batch",
        min: 0,
        max: data.sizes.length - 1,
        value: v.size,
        text: String(s.size),
      },
      select("start", "Start", v.start, Object.entries(data.names)),
      {
        type: "range",
        key: "seed",
        label: "Seed",
        min: 0,
        max: data.starts[v.start].length - 1,
        value: v.seed,
        text: String(v.seed),
      },
    ];
  },
  panels: () => [
    { key: "points", title: "", height: (w) => w * 0.92 },
    {
      key: "trace",
      title: "Error / that of the true centres. Dots: batches; squares: Lloyd",
      height: 270,
    },
    { key: "tally", title: "", height: 250 },
  ],
  draw: {
    points(w, h, s, data) {
      const X = data.points,
        f = frame(w, h, {
          x: extent(X.map((p) => p[0])),
          y: extent(X.map((p) => p[1])),
          equal: true,
        });
      const inBatch = (i) =>
        s.moves > 0 &&
        i >= (s.done - s.size) % X.length &&
        i < ((s.done - s.size) % X.length) + s.size;
      let svg =
        f.svg +
        cells(s.C, f) +
        cloud(X, [["#7F7F7F", 0.6, range(X.length).filter((i) => !inBatch(i))]], f, 1.6);
      svg += cloud(X, [[hue(1), 1, range(X.length).filter(inBatch)]], f, s.size > 300 ? 1.8 : 3.4);
      for (const c of s.orphans) {
        const [x, y] = data.centres[c];
        svg +=
          `<circle cx="${f.x(x).toFixed(1)}" cy="${f.y(y).toFixed(1)}" r="13" fill="none" ` +
          `stroke="#D55E00" stroke-width="3"/>` +
          text(f.x(x), f.y(y) - 15, "!", "middle", 'class="bad"');
      }
      for (const p of s.C) svg += mark(0, f.x(p[0]), f.y(p[1]), 6, "wd");
      return {
        ...f,
        svg,
        title: s.moves
          ? "Orange: the last batch. Blue: the code words"
          : "No batch is complete: the code words stand where they started",
        label: `${s.C.length} code words after ${plural(s.moves, "move")}; ${s.orphans.length} ` +
          `true centres without one`,
      };
    },
    trace(w, h, s, data) {
      const points = s.trace.map((v, i) => [i / data.tenths, v]),
        passes = s.all.map((v, i) => [i, v]);
      const over = (f) => line(f.left, f.y(1), f.right, f.y(1), "ax", 'stroke-dasharray="3 3"');
      return {
        ...chart(w, h, {
          series: [
            { points, at: s.values.read, r: 2.2 },
            {
              points: passes,
              colour: 1,
              dashes: "6 4",
              r: 4.5,
              at: Math.floor(s.values.read / data.tenths),
            },
          ],
          x: [-0.1, data.passes + 0.1],
          y: [0.9, Math.max(...s.trace, ...s.all) * 1.05],
          xlabel: "passes over the rows",
          over,
        }),
        label: `Error ratio after each pass: batches ${s.trace
          .filter((_, i) => i % data.tenths === 0)
          .map((v) => fmt(v, 3))
          .join(", ")}; Lloyd ${s.all.map((v) => fmt(v, 3)).join(", ")}`,
      };
    },
    tally(w, h, s, data) {
      const values = [...s.sizes, s.full],
        names = [...data.sizes, "Lloyd"],
        at = s.values.size;
      return {
        ...bars(w, h, {
          values,
          names,
          at,
          fill: (i) => hue(i === at ? 1 : 0),
          note: (i) => values[i].toFixed(2),
          left: 34,
        }),
        title: `The same ${s.rows} rows, cut into batches of`,
        label: `Error ratio after ${s.rows} rows: ` +
          `${names.map((name, i) => `${name} ${fmt(values[i], 3)}`).join(", ")}`,
      };
    },
  },
  status(s, data) {
    const v = s.values;
    return (
      `${data.names[v.start]}, seed ${v.seed}, batches of ${s.size}: ${s.rows} rows read, ` +
      `${plural(s.moves, "move")}, squared error ${s.loss.toFixed(3)} times that of the true ` +
      `centres, ` +
      `${s.orphans.length} of ${data.centres.length} without a code word. Lloyd's algorithm on ` +
      `all rows, ${Math.floor(v.read / data.tenths)} of ${data.passes} passes: ` +
      `${s.full.toFixed(3)}.`
    );
  },
};
