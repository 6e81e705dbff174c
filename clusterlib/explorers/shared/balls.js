// The region within a distance of a point, under each distance.

import { distanceBy } from "./distances.js";
import { range } from "./numbers.js";

export function ballCorners(metric, q, r, S, options) {
  if (metric === "cosine") {
    // a wedge of directions, with its tip at the origin
    const middle = Math.atan2(q[1], q[0] * S),
      half = Math.acos(Math.max(-1, 1 - r));
    return [
      [0, 0],
      ...range(61).map((i) => {
        const t = middle - half + (half * i) / 30,
          x = Math.cos(t) / S,
          y = Math.sin(t),
          far = 99 / Math.hypot(x, y);
        return [x * far, y * far];
      }),
    ];
  }
  return range(360).map((i) => {
    const u = [Math.cos((i * Math.PI) / 180), Math.sin((i * Math.PI) / 180)],
      far = r / distanceBy(metric, u, [0, 0], options);
    return [q[0] + (u[0] * far) / S, q[1] + u[1] * far];
  });
}
// The part of a polygon inside the frame, as a shaded path.
export function region(corners, f) {
  let shape = corners.map(([x, y]) => [f.x(x), f.y(y)]);
  for (const [axis, sign, limit] of [
    [0, 1, f.left],
    [0, -1, f.right],
    [1, 1, f.top],
    [1, -1, f.bottom],
  ]) {
    const depth = (p) => sign * (p[axis] - limit);
    shape = shape.flatMap((p, i) => {
      const q = shape[(i + 1) % shape.length],
        a = depth(p),
        b = depth(q),
        out = a >= 0 ? [p] : [];
      if (a * b < 0) out.push([0, 1].map((j) => p[j] + (a / (a - b)) * (q[j] - p[j])));
      return out;
    });
  }
  return `<polygon fill="#56B4E9" fill-opacity=".3" stroke="currentColor" ` +
    `points="${shape.map((p) => p.map((v) => v.toFixed(1)).join()).join(" ")}"/>`;
}
