import { open, readdir, stat, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const MAGIC = Buffer.from('WSOBJ\r\n\x01', 'latin1');
const HEAD = 64;
const ALIGNMENT = 512;
const PLACE = /^segments\/([^/]+)\/(\d+)-(\d+)$/;

/** The objects below a folder: a file each, or many in a segment, which is read as docs/decisions/0012 describes it. */
export function objectsInFiles(folder) {
  return {
    list: () => list(folder, ''),
    read: (key) => read(folder, key),
  };
}

async function* list(folder, below) {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of entries.filter(({ name }) => !name.startsWith('.'))) {
    const path = below + entry.name;
    if (entry.isDirectory()) yield* list(folder, `${path}/`);
    else if (path.startsWith('segments/')) yield* listSegment(folder, path);
    else yield { key: path, size: (await stat(join(folder, path))).size };
  }
}

async function* listSegment(folder, path) {
  const segment = path.slice(0, -'.segment'.length);
  const handle = await open(join(folder, path));
  try {
    const { size } = await handle.stat();
    for (let at = 0; at + HEAD <= size;) {
      const head = await headAt(handle, at);
      const begin = at + HEAD;
      if (head !== undefined && begin + head.length + head.label <= size)
        yield { key: `${segment}/${begin}-${head.length}`, size: head.length, claims: head.sha256 };
      const taken = head === undefined ? ALIGNMENT : HEAD + head.length + head.label;
      at += Math.ceil(taken / ALIGNMENT) * ALIGNMENT;
    }
  } finally {
    await handle.close();
  }
}

async function read(folder, key) {
  const [, segment, at, length] = PLACE.exec(key) ?? [];
  if (segment === undefined) return readFile(join(folder, key));
  const handle = await open(join(folder, 'segments', `${segment}.segment`));
  try {
    const head = await headAt(handle, Number(at) - HEAD);
    if (head?.length !== Number(length)) throw new Error(`no object of ${length} bytes begins there`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Number(length)), 0, Number(length), Number(at));
    if (bytesRead !== Number(length)) throw new Error(`the segment ends after ${bytesRead} of ${length} bytes`);
    return buffer;
  } finally {
    await handle.close();
  }
}

/** Length and SHA-256 of an object, and length of the label behind it; undefined where no object begins. */
async function headAt(handle, at) {
  const { buffer } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, at);
  if (!buffer.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  return {
    length: Number(buffer.readBigUInt64LE(8)),
    sha256: buffer.toString('hex', 16, 48),
    label: buffer.readUInt16LE(56),
  };
}
