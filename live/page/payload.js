// The form of the payload and the few lines of Python that the runner sends.

export const WAKE = "import prelude; prelude.wake()";

// The line that runs a cell: `name` stands in error messages, "cell 3" say.
export const runCell = (source, name) =>
  `import prelude; prelude.book.run(${JSON.stringify(source)}, ${JSON.stringify(name)})`;

// A block of files (see build.py): an index in JSON, then the bytes.
export function unpack(block) {
  const view = new DataView(block.buffer, block.byteOffset);
  const start = 4 + view.getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(block.subarray(4, start)));
  return Object.fromEntries(
    Object.entries(index).map(([name, [offset, length]]) => [
      name,
      block.subarray(start + offset, start + offset + length),
    ]),
  );
}
