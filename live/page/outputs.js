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

export function addBundle(output, bundle) {
  if ("image/svg+xml" in bundle) output.append(picture(bundle["image/svg+xml"]));
  else if ("text/html" in bundle) output.append(frameOrHtml(bundle["text/html"]));
  else addText(output, `${bundle["text/plain"]}\n`, 1);
}

// An image holds no script that could run, whatever the SVG says.
function picture(svg) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = element("img", {
    src: address,
    alt: "Figure drawn by this cell",
    class: "live-figure",
  });
  image.onload = () => URL.revokeObjectURL(address);
  return image;
}

// Explorers and quizzes are pages of their own; a frame without the rights of this page keeps
// HTML that a reader's code makes away from the book.
function frameOrHtml(html) {
  const style = getComputedStyle(document.documentElement);
  const theme = document.documentElement.dataset.theme ?? "light";
  const ink = style.getPropertyValue("--pst-color-text-base");
  const page =
    `<!doctype html><html data-theme="${theme}"><meta charset="utf-8">` +
    `<style>body{margin:0;color:${ink};font:16px/1.5 sans-serif}</style><body>${html}` +
    "<script>const tell=()=>parent.postMessage({liveHeight:document.documentElement" +
    ".offsetHeight},'*');new ResizeObserver(tell).observe(document.documentElement);tell()" +
    "</script>";
  const frame = element("iframe", {
    class: "live-frame",
    sandbox: "allow-scripts",
    title: "Shown by this cell",
    srcdoc: page,
  });
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || !Number.isFinite(event.data?.liveHeight)) return;
    frame.style.height = `${Math.min(event.data.liveHeight + 8, 4000)}px`;
  });
  return frame;
}
