/** Numbers that lengths and counts are taken for by mistake. */
const EDGES = [0, 1, 2, 5, 6, 7, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000];
const INTERESTING = [...EDGES, 0xffff_fff0, 0xffff_fffe, 0xffff_ffff];

const cut = (bytes, from, to) => Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
const put = (bytes, at, more) => Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
const place = (bytes, random) => random.between(0, Math.max(0, bytes.length - 1));

/** A range of bytes, more often a short one. */
function range(bytes, random) {
  const from = place(bytes, random);
  const most = random.oneIn(4) ? bytes.length - from : Math.min(32, bytes.length - from);
  return [from, from + random.between(0, most)];
}

/** What can happen to bytes by name: each gives others. */
export const byteMutations = {
  'a bit flipped': (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = place(bytes, random);
    changed[at] ^= 1 << random.between(0, 7);
    return changed;
  },
  'bytes overwritten': (bytes, random) => {
    const changed = Buffer.from(bytes);
    random.bytes(random.between(1, 8)).copy(changed, place(bytes, random));
    return changed;
  },
  'cut off': (bytes, random) => bytes.subarray(0, place(bytes, random)),
  'bytes inserted': (bytes, random) => put(bytes, place(bytes, random), random.bytes(random.between(1, 64))),
  'a range repeated': (bytes, random) => {
    const [from, to] = range(bytes, random);
    return put(bytes, to, bytes.subarray(from, to));
  },
  'a range left out': (bytes, random) => cut(bytes, ...range(bytes, random)),
  'a number on the edge': (bytes, random) => editNumber(bytes, place(bytes, random), random),
};

/** Writes a number of 16 or 32 bits, in either byte order, that is likely to be mistaken for a length. */
export function editNumber(bytes, at, random) {
  const changed = Buffer.from(bytes);
  const wide = random.oneIn(2);
  if (at + (wide ? 4 : 2) > changed.length) return changed;
  const value = random.pick(INTERESTING);
  const order = random.oneIn(2) ? 'LE' : 'BE';
  if (wide) changed[`writeUInt32${order}`](value, at);
  else changed[`writeUInt16${order}`](value & 0xffff, at);
  return changed;
}

/** Applies one to three mutations; gives what came out and what was done. */
export function mutateBytes(bytes, random) {
  const names = Array.from({ length: random.between(1, 3) }, () => random.pick(Object.keys(byteMutations)));
  const changed = names.reduce(
    (before, name) => (before.length < 2 ? before : byteMutations[name](before, random)),
    bytes,
  );
  return { bytes: changed, done: names.join(', ') };
}

/** What can happen to the order of PDUs by name. */
export const orderMutations = {
  'a PDU left out': (parts, random) => parts.toSpliced(random.between(0, parts.length - 1), 1),
  'a PDU repeated': (parts, random) => {
    const at = random.between(0, parts.length - 1);
    return parts.toSpliced(at, 0, parts[at]);
  },
  'two PDUs exchanged': (parts, random) => {
    const [one, other] = [random.between(0, parts.length - 1), random.between(0, parts.length - 1)];
    return parts.with(one, parts[other]).with(other, parts[one]);
  },
  'a PDU with another length': (parts, random) => {
    const at = random.between(0, parts.length - 1);
    return parts.with(at, editNumber(parts[at], 2, random));
  },
  'a PDV with another length': (parts, random) => {
    const at = random.between(0, parts.length - 1);
    return parts.with(at, editNumber(parts[at], 6, random));
  },
  'a PDU of another type': (parts, random) => {
    const at = random.between(0, parts.length - 1);
    const changed = Buffer.from(parts[at]);
    changed[0] = random.between(0, 9);
    return parts.with(at, changed);
  },
  'a PDV of another context or kind': (parts, random) => {
    const at = random.between(0, parts.length - 1);
    const changed = Buffer.from(parts[at]);
    if (changed.length > 11) changed[random.oneIn(2) ? 10 : 11] = random.between(0, 255);
    return parts.with(at, changed);
  },
};

/** Where elements of a data set in Explicit VR Little Endian begin, as far as they have lengths. */
export function elementsOf(dataSet) {
  const places = [];
  for (let at = 0; at + 12 <= dataSet.length;) {
    places.push(at);
    const long = /^(O.|SQ|UN|UC|UR|UT|.V)$/.test(dataSet.toString('latin1', at + 4, at + 6));
    const length = long ? dataSet.readUInt32LE(at + 8) : dataSet.readUInt16LE(at + 6);
    if (length === 0xffff_ffff) break;
    at += (long ? 12 : 8) + length;
  }
  return places;
}

/** Changes the tag, the VR or the length of an element, or the elements' order. */
export function mutateElements(dataSet, random) {
  const places = elementsOf(dataSet);
  const index = random.between(0, places.length - 1);
  const from = places[index] ?? 0;
  const to = places[index + 1] ?? dataSet.length;
  const ways = {
    'an element with another tag': () => editNumber(dataSet, from + random.pick([0, 2]), random),
    'an element with another VR': () => {
      const changed = Buffer.from(dataSet);
      changed.write(random.pick(['ZZ', 'sq', 'SQ', 'UN', 'OB', 'UT', '\0\0', 'OW', 'US']), from + 4, 'latin1');
      return changed;
    },
    'an element with another length': () => editNumber(dataSet, from + random.pick([6, 8]), random),
    'an element left out': () => cut(dataSet, from, to),
    'an element repeated': () => put(dataSet, to, dataSet.subarray(from, to)),
    'an element moved to the front': () => Buffer.concat([dataSet.subarray(from, to), cut(dataSet, from, to)]),
  };
  const done = random.pick(Object.keys(ways));
  return { bytes: ways[done](), done };
}
