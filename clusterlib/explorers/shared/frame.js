// A frame with axes.

import { scale, ticks } from "./scales.js";
import { line, text } from "./svg.js";
import { fmt } from "./words.js";

// A frame with axes: {svg, x, y} where x and y turn data into pixels.
export function frame(w, h, o) {
  const left = o.left ?? 44,
    right = 10,
    top = o.ylabel ? 26 : 10,
    drop = o.drop ?? 0, // of the names below the axis, where marks stand on it
    bottom = (o.xlabel ? 36 : 22) + drop;
  let [x0, x1] = o.x,
    [y0, y1] = o.y;
  const inner = [w - left - right, h - top - bottom];
  if (o.equal) {
    const unit = Math.max((x1 - x0) / inner[0], (y1 - y0) / inner[1]);
    const growX = unit * inner[0] - (x1 - x0),
      growY = unit * inner[1] - (y1 - y0);
    x0 -= growX / 2;
    x1 += growX / 2;
    y0 -= growY / 2;
    y1 += growY / 2;
  }
  const x = scale(x0, x1, left, w - right),
    y = scale(y0, y1, h - bottom, top);
  let svg = `<path class="ax" d="M${left} ${top}V${h - bottom}H${w - right}"/>`;
  for (const t of o.xticks ?? ticks(x0, x1, Math.max(2, Math.floor(inner[0] / 65))))
    svg +=
      line(x(t), h - bottom, x(t), h - bottom + 4) +
      text(x(t), h - bottom + 17 + drop, o.xtext ? o.xtext(t) : fmt(t));
  for (const t of o.yticks ?? ticks(y0, y1, Math.max(2, Math.floor(inner[1] / 45))))
    svg += line(left - 4, y(t), left, y(t)) + text(left - 7, y(t) + 4, fmt(t), "end");
  if (o.xlabel) svg += text(left + inner[0] / 2, h - 3, o.xlabel);
  if (o.ylabel) svg += text(2, 13, o.ylabel, "start");
  return { svg, x, y, left, right: w - right, top, bottom: h - bottom };
}
