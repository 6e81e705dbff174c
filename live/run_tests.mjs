// Run a program of Python in a whole interpreter, without a saved memory: for the tests.
//
//   node run_tests.mjs BINARY FILES PROGRAM
//
// FILES is a folder whose files the interpreter sees; PROGRAM is a file of Python. What it prints
// is printed; the exit code is that of its end.
import { readFileSync } from "node:fs";
import { filesBelow } from "./files.mjs";
import { startInterpreter } from "./page/interpreter.js";

const [binary, folder, program] = process.argv.slice(2);
const interpreter = await startInterpreter({
  module: new WebAssembly.Module(readFileSync(binary)),
  files: filesBelow(folder),
  onShow: () => {},
  onText: (text) => process.stdout.write(text),
});
const { status, trap } = interpreter.run(readFileSync(program, "utf8"));
if (trap !== null && trap !== "exit") console.error(trap);
process.exitCode = status === 0 ? 0 : 1;
