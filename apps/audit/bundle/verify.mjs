// Checks an evidence bundle of Waystation: node verify.mjs [FOLDER] [--anchors FOLDER] [--key FILE]
// Needs nothing but Node.js 18 or newer, talks to nobody and writes nothing. Ends with 0 where the bundle is whole.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args.splice(args.indexOf(name), 2)[1] : undefined);
const [anchorFolder, keyFile] = [option('--anchors'), option('--key')];
const trustedKey =
  keyFile && createPublicKey(readFileSync(keyFile)).export({ type: 'spki', format: 'der' }).toString('base64');
const folder = args[0] ?? dirname(fileURLToPath(import.meta.url));

process.exitCode = 1; // until everything was looked at
const problems = [];
const notes = [];
const problem = (sentence) => void problems.push(sentence);
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (bytes) => bytes.toString('hex');
const path = (name) => join(folder, ...name.split('/'));

/** SHA-256 of a file from a byte on. */
const fileHash = async (name, start = 0) => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path(name), { start })) hash.update(chunk);
  return hash.digest('hex');
};

/** The values of a file with one line of JSON each. */
async function* lines(name) {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path(name))) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield JSON.parse(rest.subarray(0, end).toString('utf8'));
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) problem(`${name} does not end with a line feed`);
}

const filesBelow = (below = '') =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(name) : [name];
  });

/** Every file is listed with its hash, and nothing else is there. */
async function checkFiles() {
  const listed = new Map();
  const text = readFileSync(path('SHA256SUMS'), 'latin1');
  if (!text.endsWith('\n')) problem('SHA256SUMS does not end with a line feed');
  for (const line of text.split('\n').slice(0, -1)) {
    const [, hash, name] = /^([0-9a-f]{64}) {2}([A-Za-z0-9._/-]+)$/.exec(line) ?? [];
    if (name === undefined || listed.has(name))
      problem(`SHA256SUMS has a line that cannot be: ${JSON.stringify(line)}`);
    else listed.set(name, hash);
  }
  const there = new Set(filesBelow());
  for (const name of there) if (name !== 'SHA256SUMS' && !listed.has(name)) problem(`${name} does not belong here`);
  for (const [name, hash] of listed) {
    if (!there.has(name)) problem(`${name} is missing`);
    else if ((await fileHash(name)) !== hash) problem(`${name} was changed`);
  }
  return listed.size;
}

const eventHash = ({ type, stream, time, data, metadata }) =>
  sha256(`${type}\n${stream}\n${time}\n${data}\n${metadata}`);

const leafOf = ({ position, sequence, recordedtime, hash }) => {
  const bytes = Buffer.alloc(53);
  bytes.writeBigUInt64BE(BigInt(position), 1);
  bytes.writeUInt32BE(sequence, 9);
  bytes.writeBigInt64BE(BigInt(Date.parse(recordedtime)), 13);
  Buffer.from(hash, 'hex').copy(bytes, 21);
  return sha256(bytes);
};

/** The root that a leaf and its path lead to (RFC 9162, section 2.1.3.2); undefined where no such tree can be. */
const rootByPath = (leaf, hashes, index, size) => {
  let [place, last, root] = [index, size - 1, leaf];
  if (!(place >= 0 && place <= last)) return undefined;
  for (const beside of hashes.map((hash) => Buffer.from(hash, 'hex'))) {
    if (last === 0) return undefined;
    while (place === last && place % 2 === 0) [place, last] = [place / 2, last / 2];
    root = place % 2 === 1 ? sha256('\u0001', beside, root) : sha256('\u0001', root, beside);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hex(root) : undefined;
};

const sealHash = ({ previous, root, from, to }) => {
  const bytes = Buffer.alloc(80);
  bytes.write(previous, 0, 'hex');
  bytes.write(root, 32, 'hex');
  bytes.writeBigUInt64BE(BigInt(from), 64);
  bytes.writeBigUInt64BE(BigInt(to), 72);
  return hex(sha256(bytes));
};

/** What does not agree about a seal: with itself, its signature, the key to trust, its copy. */
const checkSeal = (seal, before) => {
  const name = `the seal over positions ${seal.from} to ${seal.to}`;
  if (sealHash(seal) !== seal.seal) problem(`${name} is not the hash of what it says`);
  if (before?.to === seal.from - 1 && before.seal !== seal.previous)
    problem(`${name} is not chained to the one before`);
  if (seal.signature !== null) {
    const { key, value } = seal.signature;
    const signer = createPublicKey({ key: Buffer.from(key, 'base64'), type: 'spki', format: 'der' });
    const message = Buffer.from(`waystation seal v1\n${seal.seal}\n`);
    if (!verify(null, message, signer, Buffer.from(value, 'base64')))
      problem(`${name} is not signed by the key it names`);
  }
  if (trustedKey !== undefined && seal.signature?.key !== trustedKey)
    problem(`${name} is not signed by the key to trust`);
  if (anchorFolder === undefined) return;
  const copy = join(anchorFolder, `${String(seal.to).padStart(19, '0')}.json`);
  if (!existsSync(copy)) problem(`${name} has no copy in ${anchorFolder}`);
  else if (JSON.parse(readFileSync(copy, 'utf8')).seal !== seal.seal) problem(`${name} is not the one of its copy`);
};

const readSeals = async () => {
  const seals = new Map();
  let before;
  for await (const seal of lines('seals.jsonl')) {
    checkSeal(seal, before);
    seals.set(seal.to, seal);
    before = seal;
  }
  return seals;
};

/** An event is the one that was written, and under its seal. */
const checkEvent = (event, seals) => {
  const { position, hash, proof } = event;
  if (hex(eventHash(event)) !== hash) problem(`the event at position ${position} is not the one of its hash`);
  if (proof === null) return 1;
  const { from, to, root } = seals.get(proof.seal) ?? {};
  const reached = root && rootByPath(leafOf(event), proof.path, position - from, to - from + 1);
  if (reached === undefined || reached !== root) problem(`the event at position ${position} is not under its seal`);
  return 0;
};

/** Reads the events; what is kept of them is what other checks need. */
const readEvents = async (seals, bundle) => {
  const found = { positions: new Set(), causes: [], decisions: [], receipts: [], objects: new Map() };
  const configurations = new Map();
  const [whole, ends] = [new Set(bundle.streams.map(({ stream }) => stream)), new Map()];
  let [last, unsealed] = [0, 0];
  for await (const event of lines('events.jsonl')) {
    const { position, stream, sequence, type } = event;
    const [data, metadata] = [JSON.parse(event.data), JSON.parse(event.metadata)];
    unsealed += checkEvent(event, seals);
    if (position <= last || position > bundle.head.position) problem(`position ${position} is out of order`);
    last = position;
    found.positions.add(position);
    const expected = (ends.get(stream) ?? 0) + 1;
    if (whole.has(stream) && sequence !== expected) problem(`${stream} lacks its event ${expected}`);
    ends.set(stream, sequence);
    if (whole.has(stream) && metadata.causationid !== undefined) found.causes.push(metadata.causationid);
    if (type === 'configuration.published.v1') configurations.set(data.version, data);
    if (type === 'series.routed.v1')
      found.decisions.push({ ...data, position, series: stream.slice('series/'.length) });
    if (type === 'instance.delivered.v1') found.receipts.push({ position, ...data });
    if (['instance.stored.v1', 'instance.conflicted.v1', 'instance.derived.v1'].includes(type))
      found.objects.set(data.object.sha256, data);
  }
  for (const { stream, events } of bundle.streams)
    if (ends.get(stream) !== events) problem(`${stream} has ${ends.get(stream) ?? 0} events, expected ${events}`);
  if (found.positions.size !== bundle.events)
    problem(`there are ${found.positions.size} events, expected ${bundle.events}`);
  for (const cause of found.causes)
    if (!found.positions.has(cause)) problem(`position ${String(cause)}, a cause, is missing`);
  if (unsealed > 0) notes.push(`${unsealed} events were not under a seal yet: nothing but SHA256SUMS holds them`);
  return { ...found, configurations };
};

const canonical = (value) =>
  JSON.stringify(value, (_key, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
const json = (name) => JSON.parse(readFileSync(path(name), 'utf8'));

/** The configurations that decided are there, and what was derived from the events says what they say. */
const checkDerived = async ({ decisions, receipts, configurations }) => {
  for (const [version, { document, sha256: hash }] of configurations) {
    if (hex(sha256(canonical(document))) !== hash) problem(`configuration ${version} is not the one of its hash`);
    const file = `configuration/version-${version}.json`;
    if (canonical(json(file)) !== canonical(document)) problem(`${file} is not what was published`);
  }
  for (const { series, revision, position, outcome, configuration } of decisions) {
    const published = configurations.get(configuration.version);
    if (configuration.version > 0 && published?.sha256 !== configuration.sha256)
      problem(`configuration ${configuration.version}, which decided at position ${position}, is missing`);
    const { decision } = json(`decisions/${series}-revision-${revision}.json`);
    if (decision?.position !== position || decision.outcome !== outcome)
      problem(`decisions/${series}-revision-${revision}.json is not about position ${position}`);
  }
  for await (const receipt of lines('receipts.jsonl')) {
    const event = receipts.shift();
    const differs = ([key, value]) => canonical(receipt[key]) !== canonical(value);
    if (event === undefined || Object.entries(event).some(differs))
      problem(`receipts.jsonl and events.jsonl differ at position ${receipt.position}`);
  }
  if (receipts.length > 0) problem(`receipts.jsonl lacks ${receipts.length} receipts`);
};

/** The objects are those that were received, or made of them. */
const checkObjects = async ({ objects }, bundle) => {
  const left = new Map(objects);
  let checked = 0;
  for await (const { sha256: hash, size, dataSetOffset, file, missing } of lines('objects.jsonl')) {
    const { object, sopInstanceUid } = objects.get(hash) ?? {};
    if (object?.size !== size || object.dataSetOffset !== dataSetOffset) problem(`object ${hash} was not received so`);
    left.delete(hash);
    if (missing !== undefined) notes.push(`the object ${sopInstanceUid} is not here: ${missing}`);
    if (file === null || object === undefined) continue;
    checked += 1;
    const isSame = statSync(path(file)).size === size && (await fileHash(file, dataSetOffset)) === hash;
    if (!isSame) problem(`${file} is not the object ${sopInstanceUid} that was received`);
  }
  for (const hash of left.keys()) problem(`objects.jsonl lacks object ${hash}`);
  return bundle.objects === 'included' ? `${checked} objects` : `${objects.size} objects, left out`;
};

const main = async () => {
  const files = await checkFiles();
  const bundle = json('bundle.json');
  if (bundle.format !== 'waystation-bundle/1') problem(`the format is ${bundle.format}, expected waystation-bundle/1`);
  const seals = await readSeals();
  const found = await readEvents(seals, bundle);
  await checkDerived(found);
  const objects = await checkObjects(found, bundle);
  return `study ${bundle.studyInstanceUid}: ${files} files, ${found.positions.size} events in ${bundle.streams.length} streams, ${seals.size} seals, ${objects}`;
};

let summary = 'the bundle';
try {
  summary = await main();
} catch (error) {
  problem(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
for (const sentence of problems.slice(0, 100)) console.error(`WRONG: ${sentence}`);
for (const sentence of notes) console.log(`note: ${sentence}`);
console.log(problems.length === 0 ? `whole: ${summary}` : `NOT WHOLE: ${problems.length} problems in ${summary}`);
process.exitCode = Math.min(problems.length, 99);
