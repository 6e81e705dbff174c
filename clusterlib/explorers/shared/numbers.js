// Arithmetic on lists.

export const sum = (a) => a.reduce((s, v) => s + v, 0);
export const range = (n) => Array.from({ length: n }, (_, i) => i);
export const clamp = (v, lo, hi) => Math.min(hi, Math.max(lo, v));
// Points may stand for many observations: w, where it is given, says how many each.
export const many = (w, i) => (w ? w[i] : 1);
export const mean = (values, w) =>
  sum(values.map((v, i) => v * many(w, i))) / (w ? sum(w) : values.length);
export const squared = (p, q) => {
  let s = 0;
  for (let j = 0; j < p.length; j++) s += (p[j] - q[j]) ** 2;
  return s;
};
// A wide table travels as two bytes a number, in steps of `unit`.
export function unpacked(code, d, unit) {
  const whole = new Int16Array(Uint8Array.from(atob(code), (c) => c.charCodeAt(0)).buffer);
  return range(whole.length / d).map((i) =>
    Array.from(whole.subarray(i * d, (i + 1) * d), (v) => v * unit),
  );
}
