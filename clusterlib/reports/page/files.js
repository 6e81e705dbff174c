// Files that the page gives: labels, the picture, the settings.

import { rowNumber } from "./model.js";

const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// The same bytes as `clusterlib explore --labels-out` writes.
export function labelsFile(d, cut) {
  const lines = ["row,name,cluster"];
  for (let i = 0; i < d.n; i++)
    lines.push(
      `${rowNumber(d, i)},${field(d.names ? d.names[i] : "")},${cut.labels[d.member[i]] + 1}`,
    );
  return `${lines.join("\r\n")}\r\n`;
}

export function save(name, kind, content) {
  const link = document.createElement("a");
  link.download = name;
  const blob = content instanceof Blob ? content : new Blob([content], { type: kind });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// A picture of its own: ink and ground do not come from the page any more.
export const alone = (svg) =>
  svg
    .replaceAll("currentColor", "#111111")
    .replace(/(<svg[^>]*>)/, '$1<rect width="100%" height="100%" fill="#ffffff"/>');

export function savePng(svg, name) {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas"),
      scale = Math.min(2, 16000 / Math.max(image.width, image.height));
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(name, "image/png", blob), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(alone(svg))}`;
}
