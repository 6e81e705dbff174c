// Run cells in the pages' Python without a page: for the tests.
//
//   node run_cells.mjs PAYLOAD < CELLS
//
// PAYLOAD is the folder that build.py writes; CELLS is JSON, a list of [name, source]. Writes
// one line of JSON for each cell: {ok, trap, seconds, outputs}, an output being {text, stream}
// or {bundle}. An interpreter that ended is started afresh.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { startInterpreter } from "./page/interpreter.js";
import { runCell, unpack, WAKE } from "./page/payload.js";

const part = (name) => gunzipSync(readFileSync(join(process.argv[2], `${name}.gz`)));
const payload = {
  module: new WebAssembly.Module(part("wasm")),
  image: part("image"),
  files: unpack(new Uint8Array(part("files"))),
};
let outputs;
let ok;

async function start() {
  const interpreter = await startInterpreter({
    ...payload,
    onText: (text, stream) => outputs.push({ text, stream }),
    onShow: (bundle) => {
      if ("ok" in bundle) ok = bundle.ok;
      else outputs.push({ bundle });
    },
  });
  outputs = [];
  interpreter.run(WAKE);
  return interpreter;
}

let interpreter = await start();
for (const [name, source] of JSON.parse(readFileSync(0, "utf8"))) {
  [outputs, ok] = [[], false];
  const before = performance.now();
  const { trap } = interpreter.run(runCell(source, name));
  const seconds = (performance.now() - before) / 1000;
  process.stdout.write(`${JSON.stringify({ name, ok, trap, seconds, outputs })}\n`);
  if (trap !== null) interpreter = await start();
}
