// The one interface to the runtime: start, run, stop, files. Nothing else knows what runs Python.
import { runCell, unpack, WAKE } from "./payload.js";

const PARTS = ["wasm", "image", "files"];
globalThis.LivePayload = {};

// Pages from disk may not fetch: there the same bytes come as a script.
function fromScript(address, name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${address}${name}.js`;
    script.onload = () => {
      const pieces = globalThis.LivePayload[name];
      delete globalThis.LivePayload[name];
      script.remove();
      resolve(new Blob(pieces.map((text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)))));
    };
    script.onerror = () => reject(new Error(`${script.src} is not there.`));
    document.head.append(script);
  });
}

async function fromServer(address, name) {
  const response = await fetch(`${address}${name}.gz`);
  if (!response.ok) throw new Error(`${response.url}: status ${response.status}.`);
  return response.blob();
}

async function load(address, name) {
  const compressed = await (location.protocol === "file:" ? fromScript : fromServer)(address, name);
  const stream = compressed.stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

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
  // `address` is the folder of the payload, `workerSource` the worker's script as text.
  constructor({ address, workerSource }) {
    this.address = address;
    this.workerURL = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
    this.waiting = new Map();
    this.lastId = 0;
    this.worker = null;
    this.payload = null;
    this.given = new Map();
  }

  get started() {
    return this.worker !== null;
  }

  // Load what is not loaded yet and start an interpreter; `onProgress(text)` says what happens.
  async start(onProgress = () => {}) {
    if (this.payload === null) {
      let done = 0;
      onProgress("loading Python");
      const [wasm, image, files] = await Promise.all(
        PARTS.map(async (name) => {
          const bytes = await load(this.address, name);
          done += 1;
          onProgress(`loading Python, part ${done} of ${PARTS.length}`);
          return bytes;
        }),
      );
      onProgress("preparing Python");
      this.payload = { module: await WebAssembly.compile(wasm), image, files: unpack(files) };
    }
    onProgress("starting Python");
    this.worker = new Worker(this.workerURL);
    this.worker.onmessage = ({ data }) => this.receive(data);
    this.worker.onerror = (event) => this.fail(new Error(event.message || "The worker failed."));
    try {
      await this.ask({ kind: "start", ...this.payload });
      await this.ask({ kind: "run", code: WAKE });
      for (const [path, data] of this.given) await this.ask({ kind: "put", path, data });
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
