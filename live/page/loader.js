// The parts of the payload: from a server, from disk, or from where an earlier page kept them.

const KEPT = "codebooks-to-dendrograms-python-";
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

async function unpacked(address, name) {
  const compressed = await (location.protocol === "file:" ? fromScript : fromServer)(address, name);
  const stream = compressed.stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Where this origin keeps the unpacked parts of this version, or null; older versions go.
async function store(version) {
  try {
    for (const name of await caches.keys()) {
      if (name.startsWith(KEPT) && name !== KEPT + version) await caches.delete(name);
    }
    return await caches.open(KEPT + version);
  } catch {
    return null; // pages from disk and private windows keep nothing
  }
}

async function fromStore(kept, address) {
  try {
    const found = await kept?.match(address);
    return found && new Uint8Array(await found.arrayBuffer());
  } catch {
    return undefined; // what cannot be read is loaded again
  }
}

// Return {name: bytes} of the parts `names`, and `keep`, which keeps those that were loaded, for
// the next page; `onPart(done)` counts.
export async function loadParts(address, names, version, onPart) {
  const kept = location.protocol === "file:" ? null : await store(version);
  const fresh = [];
  let done = 0;
  const load = async (name) => {
    let bytes = await fromStore(kept, address + name);
    if (!bytes) {
      bytes = await unpacked(address, name);
      fresh.push(name);
    }
    done += 1;
    onPart(done);
    return [name, bytes];
  };
  const parts = Object.fromEntries(await Promise.all(names.map(load)));
  const keep = async () => {
    try {
      for (const name of fresh) await kept?.put(address + name, new Response(parts[name]));
    } catch {
      // no space: the next page loads again
    }
  };
  return { parts, keep };
}
