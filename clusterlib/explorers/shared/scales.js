// From data to pixels and back, with round ticks.

export const scale = (d0, d1, r0, r1) => {
  const span = d1 - d0 || 1;
  const f = (v) => r0 + ((v - d0) / span) * (r1 - r0);
  f.inverse = (p) => d0 + ((p - r0) / (r1 - r0)) * span;
  return f;
};
export const ticks = (lo, hi, count = 4) => {
  const raw = (hi - lo) / count || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((m) => m * power >= raw * 0.75) * power;
  const out = [];
  for (let i = Math.ceil(lo / step - 1e-9); i * step <= hi + step * 1e-9; i++) out.push(i * step);
  return out;
};
export const extent = (values, margin = 0.05) => {
  let lo = Infinity,
    hi = -Infinity;
  for (const v of values)
    if (Number.isFinite(v)) {
      if (v < lo) lo = v;
      if (v > hi) hi = v;
    }
  if (lo > hi) return [0, 1];
  const room = (hi - lo || 1) * margin;
  return [lo - room, hi + room];
};
