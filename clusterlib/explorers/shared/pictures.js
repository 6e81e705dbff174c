// Grey pictures: read, coded block by block, and shown.

export const bytes = (s) => Uint8Array.from(atob(s), (c) => c.charCodeAt(0));
export function encodeBlocks(pixels, columns, b, C) {
  const d = b * b,
    rows = pixels.length / columns,
    k = C.length / d,
    labels = [],
    out = new Uint8Array(pixels.length),
    block = new Float64Array(d);
  for (let r = 0; r < rows; r += b)
    for (let c = 0; c < columns; c += b) {
      for (let i = 0; i < d; i++)
        block[i] = pixels[(r + Math.floor(i / b)) * columns + c + (i % b)];
      let best = 0,
        low = Infinity;
      for (let w = 0; w < k; w++) {
        let s = 0;
        for (let i = 0, at = w * d; i < d && s < low; i++, at++) s += (block[i] - C[at]) ** 2;
        if (s < low) {
          low = s;
          best = w;
        }
      }
      labels.push(best);
      for (let i = 0; i < d; i++)
        out[(r + Math.floor(i / b)) * columns + c + (i % b)] = C[best * d + i];
    }
  return { labels, out };
}
export function greyPicture(pixels, columns) {
  const canvas = document.createElement("canvas"),
    rows = pixels.length / columns;
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d"),
    image = context.createImageData(columns, rows);
  pixels.forEach((v, i) => image.data.set([v, v, v, 255], 4 * i));
  context.putImageData(image, 0, 0);
  return { url: canvas.toDataURL(), columns, rows };
}
