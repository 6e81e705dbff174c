// Small helpers around the browser's document.

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    if (key === "html") node.innerHTML = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const inLab = () => !!document.querySelector(".jp-Notebook, #jupyter-config-data");
export const motionIsReduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
