// One Python interpreter: the binary, its memory and its files. No page, no worker in here.
import { Exit, Host, mkdir, place } from "./wasi.js";

const FONTS = "/usr/local/lib/python315.zip/matplotlib/mpl-data";
const MOST_TEXT = 1 << 20; // bytes that one cell may print
const PAGE = 65536;
const encoder = new TextEncoder();

// Instantiate `module`. `files` maps paths to bytes; `image` is the saved memory, if there is one;
// `onText(text, stream)` receives what the program prints, `onShow(bundle)` what it shows: an
// object that maps mime types to text.
export async function startInterpreter({ module, files, image, onText, onShow }) {
  const root = mkdir();
  const fonts = mkdir();
  for (const [path, data] of Object.entries(files)) {
    if (path.startsWith("mpl-data/")) place(fonts, path.slice(9), data, true);
    else place(root, path, data, true);
  }
  for (const name of ["tmp", "home", "out"]) root.kids.set(name, mkdir());
  place(root, "book/chapters/part/README", encoder.encode("The folder of the page.\n"), false);
  const printed = printer(onText);
  const host = new Host({
    args: ["/usr/local/bin/python.wasm"],
    env: {
      TMPDIR: "/tmp",
      HOME: "/home",
      PYTHONPATH: "/site",
      PYTHONTZPATH: "",
      MPLBACKEND: "svg",
      MPLCONFIGDIR: "/tmp",
      CLUSTERLIB_STATIC_PAGE: "1",
    },
    preopens: [
      [FONTS, fonts],
      ["/", root],
    ],
    stdout: printed.write,
  });
  const imports = host.imports();
  showClosedFiles(imports.wasi_snapshot_preview1, host, root.kids.get("out"), onShow);
  const instance = await WebAssembly.instantiate(module, imports);
  host.bind(instance);
  if (image) restore(instance.exports.memory, image);
  else instance.exports._initialize();
  return {
    run: (code) => {
      printed.reset();
      return turn(instance.exports, code);
    },
    put: (path, data) => place(root, path, data, false),
    memory: () => new Uint8Array(instance.exports.memory.buffer).slice(),
    openFiles: () => host.fds.slice(5).filter(Boolean).length,
  };
}

// The memory of an interpreter that has started and imported already.
function restore(memory, image) {
  const missing = Math.ceil((image.length - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
  new Uint8Array(memory.buffer).set(image);
}

// Run source text; `trap` says why the interpreter can no longer be used, or is null.
function turn(exports, code) {
  const data = encoder.encode(code);
  const place = data.length ? exports.host_alloc(data.length) >>> 0 : 0;
  if (place) new Uint8Array(exports.memory.buffer).set(data, place);
  try {
    const status = exports.turn(place, data.length);
    return { status, trap: status >= 256 ? "exit" : null };
  } catch (error) {
    return { status: -1, trap: error instanceof Exit ? "exit" : String(error) };
  }
}

// A file that the program closes in /out is a bundle to show, in its place among the text.
function showClosedFiles(wasi, host, folder, onShow) {
  const close = wasi.fd_close;
  wasi.fd_close = (descriptor) => {
    const closed = host.fds[descriptor]?.node;
    const result = close(descriptor);
    for (const [name, file] of folder.kids) {
      if (file !== closed) continue;
      folder.kids.delete(name);
      onShow(JSON.parse(new TextDecoder().decode(file.data.subarray(0, file.len))));
    }
    return result;
  };
}

// Decode both streams and stop at the limit: a page cannot show more.
function printer(onText) {
  const decoders = [new TextDecoder(), new TextDecoder()];
  let bytes = 0;
  return {
    reset: () => {
      bytes = 0;
    },
    write: (stream, data) => {
      if (bytes >= MOST_TEXT) return;
      const shown = data.subarray(0, MOST_TEXT - bytes);
      bytes += data.length;
      onText(decoders[stream - 1].decode(shown, { stream: true }), stream);
      if (bytes >= MOST_TEXT) onText("\n[output cut at 1 MiB]\n", 2);
    },
  };
}
