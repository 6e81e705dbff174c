// The one interface to the runtime: start, run, stop, files. Nothing else knows what runs Python.
import { loadParts } from "./loader.js";
import { runCell, unpack, WAKE } from "./payload.js";

const PARTS = ["wasm", "image", "files"];

// Whether this browser can run the binary: it needs WebAssembly's newer exceptions (exnref).
export function canRun() {
  const module = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 31, 64, 0, 11, 11,
  ];
  return (
    typeof WebAssembly === "object" &&
    typeof DecompressionStream === "function" &&
    WebAssembly.validate(new Uint8Array(module))
  );
}

export class Runner {
  // `address` is the folder of the payload and `version` what it holds; `workerSource` is the
  // worker's script as text.
  constructor({ address, version, workerSource }) {
    Object.assign(this, { address, version });
    this.workerURL = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
    this.waiting = new Map();
    this.lastId = 0;
    this.worker = null;
    this.payload = null;
    this.given = new Map();
    this.keep = null;
  }

  get started() {
    return this.worker !== null;
  }

  // Load what is not loaded yet and start an interpreter; `onProgress(text)` says what happens.
  async start(onProgress = () => {}) {
    if (this.payload === null) {
      onProgress("loading Python");
      const { parts, keep } = await loadParts(this.address, PARTS, this.version, (done) =>
        onProgress(`loading Python, part ${done} of ${PARTS.length}`),
      );
      onProgress("preparing Python");
      const { wasm, image, files } = parts;
      this.payload = { module: await WebAssembly.compile(wasm), image, files: unpack(files) };
      this.keep = keep;
    }
    onProgress("starting Python");
    this.worker = new Worker(this.workerURL);
    this.worker.onmessage = ({ data }) => this.receive(data);
    this.worker.onerror = (event) => this.fail(new Error(event.message || "The worker failed."));
    try {
      await this.ask({ kind: "start", ...this.payload });
      await this.ask({ kind: "run", code: WAKE });
      for (const [path, data] of this.given) await this.ask({ kind: "put", path, data });
      this.keep?.(); // beside the reader's first run, which need not wait for it
      this.keep = null;
    } catch (error) {
      this.stop(); // the next run starts afresh
      throw error;
    }
  }

  // Run one cell; the listeners receive its text and what it shows, in order.
  async run(source, name, { onText, onShow }) {
    let ok = false;
    this.onText = onText;
    this.onShow = (bundle) => {
      if ("ok" in bundle) ok = bundle.ok;
      else onShow(bundle);
    };
    const { trap } = await this.ask({ kind: "run", code: runCell(source, name) });
    if (trap !== null) {
      this.stop();
      const why = trap === "exit" ? "the code ended it" : trap;
      throw new Error(`Python stopped (${why}). The next run starts afresh.`);
    }
    return ok;
  }

  // End the interpreter, whatever it does; all its variables are lost.
  stop() {
    this.worker?.terminate();
    this.fail(new Error("Stopped. The next run starts afresh."));
  }

  // Give the interpreter a file; a new interpreter receives it again.
  async putFile(path, data) {
    this.given.set(path, data);
    if (this.started) await this.ask({ kind: "put", path, data });
  }

  ask(message) {
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      this.waiting.set(this.lastId, { resolve, reject });
      this.worker.postMessage({ ...message, id: this.lastId });
    });
  }

  receive(message) {
    if (message.kind === "text") this.onText?.(message.text, message.stream);
    else if (message.kind === "show") this.onShow?.(message.bundle);
    else {
      const { resolve, reject } = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.kind === "failure") reject(new Error(message.error));
      else resolve(message);
    }
  }

  fail(error) {
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
