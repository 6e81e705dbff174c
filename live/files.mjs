// The files below a folder, by their path in it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const filesBelow = (folder) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), new Uint8Array(readFileSync(path))]),
  );
