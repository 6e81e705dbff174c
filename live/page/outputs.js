// What a cell printed or showed, as elements in place of the stored output.
import { element } from "./elements.js";

export const OUTCOME = "application/vnd.clusterlib.outcome";
const STREAMS = { 1: "live-text", 2: "live-text live-error" };

// Add text; consecutive pieces of one stream share one box. Text is never read as HTML.
export function addText(output, text, stream) {
  const last = output.lastElementChild;
  if (last?.dataset.stream === String(stream)) last.firstChild.append(text);
  else {
    const pre = element("pre", { tabindex: 0 }, text);
    output.append(element("div", { class: STREAMS[stream], "data-stream": stream }, pre));
  }
}

// `look` holds the colours of dark pages and the text in place of a picture.
export function addBundle(output, bundle, look) {
  if ("image/svg+xml" in bundle) output.append(...pictures(bundle["image/svg+xml"], look));
  else if ("text/html" in bundle) output.append(frameOrHtml(bundle["text/html"]));
  else addText(output, `${bundle["text/plain"]}\n`, 1);
}

// A drawing for light pages and one for dark pages, as `_ext/dark_figures.py` makes them; the theme
// shows one of the two.
function pictures(svg, { dark, alt }) {
  const inTheDark = (colour) => {
    const known = colour.toLowerCase();
    if (dark.paper.includes(known)) return dark.ground;
    const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(known.slice(i, i + 2), 16));
    if (red !== green || green !== blue) return dark.brighter[known] ?? known;
    const grey = 255 - Math.round((red * 235) / 255);
    return `#${grey.toString(16).padStart(2, "0").repeat(3)}`;
  };
  return [
    picture(svg, alt, "only-light"),
    picture(svg.replace(/#[0-9a-f]{6}\b/gi, inTheDark), alt, "only-dark"),
  ];
}

// An image holds no script that could run, whatever the SVG says.
function picture(svg, alt, shown) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = element("img", { src: address, alt, class: `live-figure ${shown}` });
  image.onload = () => URL.revokeObjectURL(address);
  return image;
}

// Explorers and quizzes are pages of their own; a frame without the rights of this page keeps
// HTML that a reader's code makes away from the book.
function frameOrHtml(html) {
  const style = getComputedStyle(document.documentElement);
  const theme = document.documentElement.dataset.theme ?? "light";
  const ink = style.getPropertyValue("--pst-color-text-base");
  const ground = style.getPropertyValue("--pst-color-background");
  const page =
    `<!doctype html><html data-theme="${theme}"><meta charset="utf-8">` +
    `<style>:root{color-scheme:${theme};background:${ground}}` +
    `body{margin:0;color:${ink};font:16px/1.5 sans-serif}</style><body>${allowed(html)}` +
    document.querySelector("template[data-live-frame]").innerHTML;
  const frame = element("iframe", {
    class: "live-frame",
    sandbox: "allow-scripts",
    title: "Shown by this cell",
    srcdoc: page,
  });
  return frame;
}

// The page's policy knows two scripts of a frame by their hashes: the one that tells its height,
// and the front end of the explorers as this page has loaded it.  An output brings it packed.
function allowed(html) {
  const packed = /<script\b[^>]*\bdata-clx-frontend\b[^>]*>[^]*?<\/script\s*>/gi;
  if (!packed.test(html)) return html;
  return `${html.replace(packed, "")}<script>(${window.clxFrontEnd})()</script>`;
}

// One listener for all frames, so that none outlives the output that it was made for.
addEventListener("message", ({ source, data }) => {
  if (!Number.isFinite(data?.liveHeight)) return;
  for (const frame of document.querySelectorAll(".live-frame"))
    if (frame.contentWindow === source)
      frame.style.height = `${Math.min(data.liveHeight + 8, 4000)}px`;
});
