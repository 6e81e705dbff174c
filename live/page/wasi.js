// The operating system of the interpreter: WASI preview 1, with files in memory only.
//
// There is no network and no file of the reader's machine: sockets are refused, and the only
// folders are the ones that `mount` makes.
const ERR = {
  OK: 0,
  ACCES: 2,
  BADF: 8,
  EXIST: 20,
  INVAL: 28,
  ISDIR: 31,
  NOENT: 44,
  NOSYS: 52,
  NOTDIR: 54,
  NOTEMPTY: 55,
  NOTSUP: 58,
  PERM: 63,
  ROFS: 69,
  SPIPE: 70,
  NOTCAPABLE: 76,
};
const enc = new TextEncoder(),
  dec = new TextDecoder();
let nextIno = 1n;
const now = () => BigInt(Math.round(performance.timeOrigin + performance.now())) * 1000000n;
export const mkdir = (ro) => ({ dir: true, kids: new Map(), ino: nextIno++, ro: !!ro, t: now() });
export const mkfile = (data, ro) => ({
  dir: false,
  data,
  len: data.length,
  ino: nextIno++,
  ro: !!ro,
  t: now(),
});

export class Exit extends Error {
  constructor(code) {
    super("exit " + code);
    this.code = code;
  }
}

export class Host {
  constructor({ args, env, preopens, stdout }) {
    this.args = args.map((s) => enc.encode(s + "\0"));
    this.env = Object.entries(env).map(([k, v]) => enc.encode(`${k}=${v}\0`));
    this.stdout = stdout;
    this.fds = [{ std: 0 }, { std: 1 }, { std: 2 }];
    for (const [name, node] of preopens) this.fds.push({ node, pre: enc.encode(name), pos: 0 });
  }
  bind(instance) {
    this.memory = instance.exports.memory;
  }
  get v() {
    return new DataView(this.memory.buffer);
  }
  get u8() {
    return new Uint8Array(this.memory.buffer);
  }
  str(p, n) {
    return dec.decode(this.u8.slice(p, p + n));
  }

  // path lookup, relative to a directory descriptor: [errno, parent, name, node]
  walk(fd, p, n) {
    const f = this.fds[fd];
    if (!f || !f.node) return [ERR.BADF];
    if (!f.node.dir) return [ERR.NOTDIR];
    const stack = [f.node];
    let name = ".",
      parent = f.node,
      node = f.node;
    const parts = this.str(p, n)
      .split("/")
      .filter((s) => s && s !== ".");
    for (let i = 0; i < parts.length; i++) {
      const s = parts[i];
      if (s === "..") {
        if (stack.length < 2) return [ERR.NOTCAPABLE];
        stack.pop();
        node = stack[stack.length - 1];
        parent = node;
        name = ".";
        continue;
      }
      if (!node) return [ERR.NOENT];
      if (!node.dir) return [ERR.NOTDIR];
      parent = node;
      name = s;
      node = node.kids.get(s);
      if (!node && i < parts.length - 1) return [ERR.NOENT];
      stack.push(node);
    }
    return [ERR.OK, parent, name, node];
  }
  stat(p, node) {
    const v = this.v;
    v.setBigUint64(p, 1n, true);
    v.setBigUint64(p + 8, node.ino, true);
    v.setBigUint64(p + 16, 0n, true);
    v.setUint8(p + 16, node.dir ? 3 : 4);
    v.setBigUint64(p + 24, 1n, true);
    v.setBigUint64(p + 32, BigInt(node.dir ? 0 : node.len), true);
    for (const o of [40, 48, 56]) v.setBigUint64(p + o, node.t, true);
    return ERR.OK;
  }
  list(items, ptrs, buf) {
    const v = this.v,
      u8 = this.u8;
    for (const a of items) {
      v.setUint32(ptrs, buf, true);
      ptrs += 4;
      u8.set(a, buf);
      buf += a.length;
    }
    return ERR.OK;
  }
  sizes(items, n, size) {
    this.v.setUint32(n, items.length, true);
    this.v.setUint32(
      size,
      items.reduce((a, b) => a + b.length, 0),
      true,
    );
    return ERR.OK;
  }
  read(node, pos, iovs, n, out) {
    const v = this.v,
      u8 = this.u8;
    let got = 0;
    for (let i = 0; i < n; i++) {
      const p = v.getUint32(iovs + 8 * i, true),
        len = v.getUint32(iovs + 8 * i + 4, true);
      const k = Math.max(0, Math.min(len, node.len - pos));
      u8.set(node.data.subarray(pos, pos + k), p);
      pos += k;
      got += k;
      if (k < len) break;
    }
    v.setUint32(out, got, true);
    return got;
  }
  write(node, pos, iovs, n, out) {
    const v = this.v,
      u8 = this.u8;
    let put = 0;
    for (let i = 0; i < n; i++) {
      const p = v.getUint32(iovs + 8 * i, true),
        len = v.getUint32(iovs + 8 * i + 4, true);
      if (pos + len > node.data.length) {
        const grown = new Uint8Array(Math.max(pos + len, 2 * node.data.length, 1024));
        grown.set(node.data.subarray(0, node.len));
        node.data = grown;
      }
      node.data.set(u8.subarray(p, p + len), pos);
      pos += len;
      put += len;
      node.len = Math.max(node.len, pos);
    }
    node.t = now();
    v.setUint32(out, put, true);
    return put;
  }
  sleep(ms) {
    try {
      // a private shared memory: exists without cross-origin isolation, but cannot be posted
      this.nap ??= new Int32Array(
        new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer,
      );
      Atomics.wait(this.nap, 0, 0, ms);
    } catch {
      const end = performance.now() + ms;
      while (performance.now() < end);
    }
  }
  imports() {
    const h = this,
      fd = (n) => h.fds[n],
      file = (n) => {
        const f = h.fds[n];
        return f && f.node && !f.node.dir ? f : null;
      };
    const w = {
      args_get: (p, b) => h.list(h.args, p, b),
      args_sizes_get: (n, s) => h.sizes(h.args, n, s),
      environ_get: (p, b) => h.list(h.env, p, b),
      environ_sizes_get: (n, s) => h.sizes(h.env, n, s),
      clock_res_get: (id, p) => {
        h.v.setBigUint64(p, 1000n, true);
        return 0;
      },
      clock_time_get: (id, prec, p) => {
        const t = performance.now() + (id === 0 ? performance.timeOrigin : 0);
        h.v.setBigUint64(p, BigInt(Math.round(t * 1e6)), true);
        return 0;
      },
      fd_advise: () => 0,
      fd_datasync: () => 0,
      fd_sync: () => 0,
      sched_yield: () => 0,
      fd_close: (n) => {
        if (!fd(n)) return ERR.BADF;
        h.fds[n] = undefined;
        return 0;
      },
      fd_fdstat_get: (n, p) => {
        const f = fd(n);
        if (!f) return ERR.BADF;
        const v = h.v;
        for (let i = 0; i < 24; i += 8) v.setBigUint64(p + i, 0n, true);
        v.setUint8(p, f.std !== undefined ? 2 : f.node.dir ? 3 : 4);
        v.setUint16(p + 2, f.append ? 1 : 0, true);
        // a character device without seek and tell rights is a terminal to wasi-libc: refuse that
        const all = 0x1fffffffn;
        v.setBigUint64(p + 8, all, true);
        v.setBigUint64(p + 16, all, true);
        return 0;
      },
      fd_fdstat_set_flags: (n, flags) => {
        const f = fd(n);
        if (!f) return ERR.BADF;
        f.append = !!(flags & 1);
        return 0;
      },
      fd_filestat_get: (n, p) => {
        const f = fd(n);
        if (!f) return ERR.BADF;
        if (f.std === undefined) return h.stat(p, f.node);
        for (let i = 0; i < 64; i += 8) h.v.setBigUint64(p + i, 0n, true);
        h.v.setUint8(p + 16, 2);
        return 0;
      },
      fd_filestat_set_size: (n, size) => {
        const f = file(n);
        if (!f) return ERR.BADF;
        if (f.node.ro) return ERR.ROFS;
        const d = new Uint8Array(Number(size));
        d.set(f.node.data.subarray(0, Math.min(f.node.len, d.length)));
        f.node.data = d;
        f.node.len = d.length;
        return 0;
      },
      fd_filestat_set_times: () => 0,
      path_filestat_set_times: () => 0,
      fd_pread: (n, iovs, k, pos, out) => {
        const f = file(n);
        if (!f) return ERR.BADF;
        h.read(f.node, Number(pos), iovs, k, out);
        return 0;
      },
      fd_pwrite: (n, iovs, k, pos, out) => {
        const f = file(n);
        if (!f) return ERR.BADF;
        if (f.node.ro) return ERR.ROFS;
        h.write(f.node, Number(pos), iovs, k, out);
        return 0;
      },
      fd_prestat_get: (n, p) => {
        const f = fd(n);
        if (!f || !f.pre) return ERR.BADF;
        h.v.setUint32(p, 0, true);
        h.v.setUint32(p + 4, f.pre.length, true);
        return 0;
      },
      fd_prestat_dir_name: (n, p, len) => {
        const f = fd(n);
        if (!f || !f.pre) return ERR.BADF;
        h.u8.set(f.pre.subarray(0, len), p);
        return 0;
      },
      fd_read: (n, iovs, k, out) => {
        const f = fd(n);
        if (!f) return ERR.BADF;
        if (f.std !== undefined) {
          h.v.setUint32(out, 0, true);
          return 0;
        } // stdin: end of file
        if (f.node.dir) return ERR.ISDIR;
        f.pos += h.read(f.node, f.pos, iovs, k, out);
        return 0;
      },
      fd_write: (n, iovs, k, out) => {
        const f = fd(n);
        if (!f) return ERR.BADF;
        if (f.std !== undefined) {
          let put = 0;
          const v = h.v;
          for (let i = 0; i < k; i++) {
            const p = v.getUint32(iovs + 8 * i, true),
              len = v.getUint32(iovs + 8 * i + 4, true);
            if (len) h.stdout(f.std, h.u8.slice(p, p + len));
            put += len;
          }
          v.setUint32(out, put, true);
          return 0;
        }
        if (f.node.dir) return ERR.ISDIR;
        if (f.node.ro) return ERR.ROFS;
        if (f.append) f.pos = f.node.len;
        f.pos += h.write(f.node, f.pos, iovs, k, out);
        return 0;
      },
      fd_seek: (n, off, whence, out) => {
        const f = fd(n);
        if (!f) return ERR.BADF;
        if (f.std !== undefined) return ERR.SPIPE;
        const base = [0, f.pos, f.node.dir ? 0 : f.node.len][whence],
          to = base + Number(off);
        if (to < 0) return ERR.INVAL;
        f.pos = to;
        h.v.setBigUint64(out, BigInt(to), true);
        return 0;
      },
      fd_tell: (n, out) => {
        const f = fd(n);
        if (!f) return ERR.BADF;
        if (f.std !== undefined) return ERR.SPIPE;
        h.v.setBigUint64(out, BigInt(f.pos), true);
        return 0;
      },
      fd_readdir: (n, buf, len, cookie, out) => {
        const f = fd(n);
        if (!f || !f.node) return ERR.BADF;
        if (!f.node.dir) return ERR.NOTDIR;
        const all = [[".", f.node], ["..", f.node], ...f.node.kids];
        let used = 0;
        for (let i = Number(cookie); i < all.length; i++) {
          const name = enc.encode(all[i][0]),
            e = new Uint8Array(24 + name.length),
            v = new DataView(e.buffer);
          v.setBigUint64(0, BigInt(i + 1), true);
          v.setBigUint64(8, all[i][1].ino, true);
          v.setUint32(16, name.length, true);
          v.setUint8(20, all[i][1].dir ? 3 : 4);
          e.set(name, 24);
          const k = Math.min(e.length, len - used);
          h.u8.set(e.subarray(0, k), buf + used);
          used += k;
          if (k < e.length) break;
        }
        h.v.setUint32(out, used, true);
        return 0;
      },
      path_create_directory: (n, p, l) => {
        const [e, parent, name, node] = h.walk(n, p, l);
        if (e) return e;
        if (node) return ERR.EXIST;
        if (parent.ro) return ERR.ROFS;
        parent.kids.set(name, mkdir());
        return 0;
      },
      path_filestat_get: (n, flags, p, l, out) => {
        const [e, , , node] = h.walk(n, p, l);
        if (e) return e;
        return node ? h.stat(out, node) : ERR.NOENT;
      },
      path_open: (n, dirflags, p, l, oflags, rights, inh, flags, out) => {
        let [e, parent, name, node] = h.walk(n, p, l);
        if (e) return e;
        if (node && (oflags & 5) === 5) return ERR.EXIST;
        if (!node) {
          if (!(oflags & 1)) return ERR.NOENT;
          if (parent.ro) return ERR.ROFS;
          node = mkfile(new Uint8Array(0));
          parent.kids.set(name, node);
        }
        if (oflags & 2 && !node.dir) return ERR.NOTDIR;
        const writes = (rights & 64n) !== 0n;
        if (node.dir && writes && !(oflags & 2)) return ERR.ISDIR;
        if (writes && node.ro) return ERR.ROFS;
        if (oflags & 8 && !node.dir) {
          if (node.ro) return ERR.ROFS;
          node.data = new Uint8Array(0);
          node.len = 0;
        }
        let i = 3;
        while (h.fds[i]) i++;
        h.fds[i] = { node, pos: 0, append: !!(flags & 1) };
        h.v.setUint32(out, i, true);
        return 0;
      },
      path_remove_directory: (n, p, l) => {
        const [e, parent, name, node] = h.walk(n, p, l);
        if (e) return e;
        if (!node) return ERR.NOENT;
        if (!node.dir) return ERR.NOTDIR;
        if (node.kids.size) return ERR.NOTEMPTY;
        parent.kids.delete(name);
        return 0;
      },
      path_unlink_file: (n, p, l) => {
        const [e, parent, name, node] = h.walk(n, p, l);
        if (e) return e;
        if (!node) return ERR.NOENT;
        if (node.dir) return ERR.ISDIR;
        if (node.ro) return ERR.ROFS;
        parent.kids.delete(name);
        return 0;
      },
      path_rename: (n, p, l, n2, p2, l2) => {
        const [e, parent, name, node] = h.walk(n, p, l);
        if (e) return e;
        if (!node) return ERR.NOENT;
        const [e2, parent2, name2] = h.walk(n2, p2, l2);
        if (e2) return e2;
        if (parent2.ro || parent.ro) return ERR.ROFS;
        parent.kids.delete(name);
        parent2.kids.set(name2, node);
        return 0;
      },
      path_link: () => ERR.NOTSUP,
      path_symlink: () => ERR.NOTSUP,
      path_readlink: () => ERR.INVAL,
      poll_oneoff: (inp, outp, n, nev) => {
        const v = h.v;
        let wait = Infinity,
          k = 0;
        for (let i = 0; i < n; i++) {
          const s = inp + 48 * i;
          if (v.getUint8(s + 8) === 0) {
            const t = Number(v.getBigUint64(s + 24, true)) / 1e6,
              abs = v.getUint16(s + 40, true) & 1;
            const base = v.getUint32(s + 16, true) === 0 ? performance.timeOrigin : 0;
            wait = Math.min(wait, abs ? t - performance.now() - base : t);
          } else wait = 0;
        }
        if (wait > 0 && wait < Infinity) h.sleep(wait);
        for (let i = 0; i < n; i++) {
          const s = inp + 48 * i,
            o = outp + 32 * k++;
          for (let j = 0; j < 32; j += 8) v.setBigUint64(o + j, 0n, true);
          v.setBigUint64(o, v.getBigUint64(s, true), true);
          v.setUint8(o + 10, v.getUint8(s + 8));
        }
        v.setUint32(nev, k, true);
        return 0;
      },
      proc_exit: (code) => {
        throw new Exit(code);
      },
      random_get: (p, n) => {
        for (let i = 0; i < n; i += 65536)
          crypto.getRandomValues(h.u8.subarray(p + i, p + Math.min(n, i + 65536)));
        return 0;
      },
      sock_accept: () => ERR.NOTSUP,
      sock_recv: () => ERR.NOTSUP,
      sock_send: () => ERR.NOTSUP,
      sock_shutdown: () => ERR.NOTSUP,
    };
    return { wasi_snapshot_preview1: w, host: { call: () => -1 } };
  }
}

// Put `data` at `path` below the folder `root`, with the folders on the way.
export function place(root, path, data, readOnly) {
  const parts = path.split("/").filter(Boolean);
  const name = parts.pop();
  let folder = root;
  for (const part of parts) {
    if (!folder.kids.has(part)) folder.kids.set(part, mkdir());
    folder = folder.kids.get(part);
  }
  folder.kids.set(name, mkfile(data, readOnly));
}
