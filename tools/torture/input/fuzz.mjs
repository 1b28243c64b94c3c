import {
  associateRequest,
  command,
  commandSet,
  context,
  CT,
  data,
  dataPdus,
  echoElements,
  EXPLICIT,
  IMPLICIT,
  releaseRequest,
  storeElements,
  us,
  VERIFICATION,
} from './encode.mjs';
import { mutateBytes, mutateElements, orderMutations } from './mutations.mjs';
import { even, objectOf, syntaxes } from './objects.mjs';
import { Random } from './random.mjs';

/** What is changed of a valid conversation, by name; each gives the PDUs that are sent and says what was done. */
const ways = {
  bytes: (said, random) => {
    const { bytes, done } = mutateBytes(Buffer.concat(said.pdus()), random);
    return { pdus: [bytes], done };
  },
  PDUs: (said, random) => {
    const names = Array.from({ length: random.between(1, 3) }, () => random.pick(Object.keys(orderMutations)));
    const pdus = names.reduce((before, name) => orderMutations[name](before, random), said.pdus());
    return { pdus, done: names.join(', ') };
  },
  'the association request': (said, random) => {
    const request = said.request();
    const { bytes, done } = mutateBytes(request.subarray(6), random);
    return { pdus: [Buffer.concat([request.subarray(0, 2), lengthOf(bytes), bytes]), ...said.pdus().slice(1)], done };
  },
  'a command set': (said, random) => {
    const victim = random.between(0, said.objects.length - 1);
    const { bytes, done } = changedCommand(said.objects[victim], random);
    return { pdus: said.pdus({ commands: new Map([[victim, bytes]]) }), done };
  },
  'a data set': (said, random) => {
    const victim = random.between(0, said.objects.length - 1);
    const mutate = said.transferSyntax === EXPLICIT && random.oneIn(2) ? mutateElements : mutateBytes;
    const { bytes, done } = mutate(said.objects[victim].dataSet, random);
    return { pdus: said.pdus({ dataSets: new Map([[victim, even(bytes)]]) }), done };
  },
  'two streams spliced': (said, random, other) => {
    const [one, two] = [Buffer.concat(said.pdus()), Buffer.concat(other.pdus())];
    const [end, begin] = [random.between(1, one.length), random.between(0, two.length - 1)];
    return { pdus: [one.subarray(0, end), two.subarray(begin)], done: `at ${end} and ${begin}` };
  },
};

const lengthOf = (bytes) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
};

/** A conversation that is right: an association, a few objects, an echo, a release. */
class Conversation {
  constructor(seed, random) {
    this.transferSyntax = random.pick(syntaxes);
    const count = random.between(1, 3);
    this.objects = Array.from({ length: count }, (_, number) =>
      objectOf(`${seed} ${number}`, random, this.transferSyntax),
    );
    this.size = random.pick([16_000, 16_000, 1_000, 130]);
    this.releases = !random.oneIn(4);
  }

  request() {
    return associateRequest({ contexts: [context(1, CT, this.transferSyntax), context(3, VERIFICATION, IMPLICIT)] });
  }

  /** @param changed command sets and data sets by the number of their object */
  pdus({ commands = new Map(), dataSets = new Map() } = {}) {
    const stores = this.objects.flatMap((object, number) => {
      const bytes = commands.get(number) ?? commandSet(storeElements({ ...object, messageId: number + 1 }));
      return [data(1, 3, bytes), ...dataPdus(1, dataSets.get(number) ?? object.dataSet, this.size)];
    });
    const end = this.releases ? [releaseRequest()] : [];
    return [this.request(), ...stores, command(3, echoElements(this.objects.length + 1)), ...end];
  }
}

/** A command set with other elements or other bytes. */
function changedCommand(object, random) {
  const elements = storeElements(object);
  const number = random.pick([...elements.keys()]);
  const kind = random.pick(['left out', 'another value', 'another number', 'too long', 'bytes']);
  if (kind === 'bytes') return mutateBytes(commandSet(elements), random);
  if (kind === 'left out') elements.delete(number);
  if (kind === 'another value') elements.set(number, random.bytes(random.pick([0, 2, 4, 64])));
  if (kind === 'another number')
    elements.set(number, us(random.pick([0, 1, 0x20, 0x21, 0x30, 0x101, 0x8001, 0xfff, 0xffff])));
  if (kind === 'too long') elements.set(number, Buffer.alloc(random.pick([300, 60_000, 70_000]), '1'));
  return { bytes: commandSet(elements), done: `element (0000,${number.toString(16).padStart(4, '0')}) ${kind}` };
}

/**
 * A conversation with something wrong: the same for the same seed and number.
 * @returns the chunks that are sent, how the connection ends, and a sentence about it
 */
export function fuzzed(seed, number) {
  const random = new Random(`${seed} ${number}`);
  const [said, other] = [0, 1].map((which) => new Conversation(`${seed} ${number} ${which}`, random));
  const way = random.pick(Object.keys(ways));
  const { pdus, done } = ways[way](said, random, other);
  const endBy = random.pick(['end', 'end', 'end', 'reset', 'leave']);
  return { name: `fuzzed ${number}: ${way}: ${done}; ${endBy}`, chunks: chunked(pdus, random), endBy };
}

/** As the network may hand it over: PDU by PDU, all at once, or in pieces that know nothing of PDUs. */
function chunked(pdus, random) {
  const way = random.between(1, 3);
  if (way === 1) return pdus;
  const all = Buffer.concat(pdus);
  if (way === 2) return [all];
  const chunks = [];
  for (let at = 0; at < all.length;) {
    const end = at + random.between(1, 4_000);
    chunks.push(all.subarray(at, end));
    at = end;
  }
  return chunks;
}
