// Save the memory of an interpreter that has imported everything that a page may need.
//
//   node make_image.mjs BINARY FILES IMAGE MODULES PROGRAM...
//
// FILES is a folder whose files the interpreter sees; each PROGRAM is a file of Python. The
// memory goes to IMAGE and the names of the loaded modules' files to MODULES.
import { readFileSync, writeFileSync } from "node:fs";
import { filesBelow } from "./files.mjs";
import { startInterpreter } from "./page/interpreter.js";

const [binary, folder, image, modules, ...programs] = process.argv.slice(2);
let printed = "";
const interpreter = await startInterpreter({
  module: new WebAssembly.Module(readFileSync(binary)),
  files: filesBelow(folder),
  onShow: () => {},
  onText: (text) => {
    printed += text;
  },
});

function run(code) {
  printed = "";
  const { status, trap } = interpreter.run(code);
  if (status !== 0 || trap !== null) {
    console.error(printed, `status ${status}, ${trap}`);
    process.exit(1);
  }
  return printed;
}

run("__import__('sys').path.insert(0, '/site')");
for (const program of programs) process.stdout.write(run(readFileSync(program, "utf8")));
const loaded = `for module in list(__import__("sys").modules.values()):
    print(getattr(module, "__file__", None) or "")
`;
writeFileSync(modules, run(loaded));
run("import prelude; prelude.settle()");
if (interpreter.openFiles() !== 0) {
  console.error(`${interpreter.openFiles()} files are open: the memory would refer to them`);
  process.exit(1);
}
writeFileSync(image, interpreter.memory());
