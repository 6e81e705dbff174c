// A picture coded with a codebook, all bits counted.

import { chart } from "./shared/charts.js";
import { clamp, range, sum } from "./shared/numbers.js";
import { bytes, encodeBlocks, greyPicture } from "./shared/pictures.js";
import { asNamed, select } from "./shared/specs.js";
import { fmt } from "./shared/words.js";

const fitted = (p, w, h, x = 0) => {
  const unit = Math.min(w / p.columns, h / p.rows);
  return `<image href="${p.url}" x="${x}" width="${p.columns * unit}" height="${p.rows * unit}" ` +
    `style="image-rendering:pixelated"/>`;
};
const quality = (v) => (Number.isFinite(v) ? `PSNR ${v.toFixed(2)} dB` : "no error");
const photoMemo = new Map();
export const view = {
  defaults: () => ({ image: "hopper", source: "hopper", block: "2", power: 4 }),
  change(v, key, _data, s) {
    if (key === "image" && s.values.source === s.values.image) v.source = v.image;
    return v;
  },
  state(values, data) {
    const v = { ...values, power: clamp(values.power, 1, data.powers) },
      b = +v.block,
      picture = data.images[v.image];
    const id = [v.image, v.source, b, v.power].join();
    picture.pixels ??= bytes(picture.grey);
    const columns = picture.pixels.length / picture.rows;
    picture.drawn ??= greyPicture(picture.pixels, columns);
    if (!photoMemo.has(id)) {
      const C = bytes(data.books[`${v.source},${b}`][v.power - 1]),
        { labels, out } = encodeBlocks(picture.pixels, columns, b, C);
      const mse = picture.pixels.reduce((t, x, i) => t + (x - out[i]) ** 2, 0) / out.length,
        k = C.length / (b * b);
      const use = new Array(k).fill(0);
      for (const w of labels) use[w]++;
      const sorted = range(k).sort((x, y) => use[y] - use[x]),
        wide = Math.ceil(Math.sqrt(k * 1.6)),
        side = b + (b > 1 ? 1 : 0),
        tall = Math.ceil(k / wide),
        tiles = new Uint8Array(wide * side * tall * side).fill(255);
      sorted.forEach((w, n) => {
        for (let i = 0; i < b * b; i++)
          tiles[
            (Math.floor(n / wide) * side + Math.floor(i / b)) * wide * side +
              (n % wide) * side +
              (i % b)
          ] = C[w * b * b + i];
      });
      photoMemo.set(id, {
        psnr: 10 * Math.log10(255 ** 2 / mse),
        k,
        use,
        bits: Math.log2(k) / (b * b),
        total: Math.log2(k) / (b * b) + (v.image === v.source ? (8 * C.length) / out.length : 0),
        coded: greyPicture(out, columns),
        tiles: greyPicture(tiles, wide * side),
      });
    }
    return { values: v, picture, b, ...photoMemo.get(id) };
  },
  controls: (s, data) => [
    {
      type: "range",
      key: "power",
      label: "Number of code words k",
      min: 1,
      max: data.powers,
      value: s.values.power,
      text: String(s.k),
    },
    {
      type: "select",
      key: "block",
      label: "Block",
      value: s.values.block,
      options: data.blocks.map((b) => [
        String(b),
        b === 1 ? "single pixels" : `${b} x ${b} pixels`,
      ]),
    },
    select("image", "Photo", s.values.image, asNamed(Object.keys(data.images))),
    select("source", "Codebook learned from", s.values.source, asNamed(Object.keys(data.images))),
  ],
  panels: () => [
    { key: "coded", title: "", height: (w) => w * 0.6 },
    { key: "tiles", title: "The codebook, most used first", height: (w) => w * 0.62 },
    {
      key: "rate",
      title: "PSNR in dB: blocks of 1 (circles), 2 x 2 (squares), 4 x 4 (triangles)",
      height: 260,
    },
  ],
  draw: {
    coded(w, h, s) {
      const half = (w - 12) / 2;
      const copy = "A copy at a quarter of the size, 8 bits per pixel";
      const left = fitted(s.picture.drawn, s.asking ? w : half, h);
      if (s.asking) return { svg: left, title: copy, label: `${s.values.image}, a copy` };
      return {
        svg: left + fitted(s.coded, half, h, half + 12),
        title: `${copy}; right: coded, ${fmt(s.total, 3)} bits, ${quality(s.psnr)}`,
        label: `${s.values.image} and beside it coded with ${s.k} blocks, ${quality(s.psnr)}`,
      };
    },
    tiles: (w, h, s) => ({
      svg: fitted(s.tiles, w, h),
      label: `${s.k} code words of ${s.b} x ${s.b} pixels; the most used covers ` +
        `${fmt((100 * Math.max(...s.use)) / sum(s.use), 3)} per cent`,
    }),
    rate(w, h, s, data) {
      const series = data.blocks.map((b, i) => {
        const t = data.table[`${s.values.image},${s.values.source},${b}`];
        return {
          points: t.map((r) => [r[2], r[0] ?? NaN]),
          colour: i,
          dashes: ["", "6 3", "2 3"][i],
          at: b === s.b ? s.values.power - 1 : undefined,
        };
      });
      return {
        ...chart(w, h, { series, xlabel: "bits per pixel, its own codebook counted" }),
        label: `PSNR against bits per pixel for three blocks; now ${fmt(s.total, 3)} bits and ` +
          `${quality(s.psnr)}`,
      };
    },
  },
  status(s) {
    const v = s.values,
      whose = v.image === v.source ? "its own" : `the ${v.source}`;
    const charged =
      v.image === v.source
        ? `${s.total.toFixed(3)} with the codebook`
        : "as this codebook need not be sent";
    return `A copy of ${v.image} with ${whose} codebook of ${s.k} blocks of ` +
      `${s.b} x ${s.b} pixels: ` +
      `${quality(s.psnr)} at ${fmt(s.bits, 3)} bits per pixel, ` +
      `${charged}, ` +
      `${(8 / s.total).toFixed(2)} times smaller than 8 bits per pixel.`;
  },
};
