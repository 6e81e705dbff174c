// Bundle the editor: node build.mjs OUTPUT, in a folder that holds this folder's files and its
// packages (npm ci). The first line of the bundle names its sources by their SHA-256.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const sources = createHash("sha256");
for (const name of ["editor.js", "package-lock.json"]) sources.update(readFileSync(name));
await build({
  entryPoints: ["editor.js"],
  outfile: process.argv[2],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "LiveEditor",
  target: "es2022",
  legalComments: "none",
  banner: { js: `// Built from editor.js and package-lock.json, SHA-256 ${sources.digest("hex")}` },
});
