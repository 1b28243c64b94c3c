import { constants, deflateRawSync } from 'node:zlib';
import {
  abortRequest,
  associateRequest,
  command,
  commandElement,
  commandSet,
  context,
  CT,
  data,
  dataPdus,
  DEFLATED,
  echoElements,
  EXPLICIT,
  IMPLICIT,
  item,
  maximumLength,
  pdu,
  pdv,
  releaseRequest,
  store,
  storeElements,
  uint16,
  us,
  VERIFICATION,
} from './encode.mjs';
import { nestedDataSet } from './nested-data-set.mjs';
import { objectOf } from './objects.mjs';
import { Random } from './random.mjs';

const MEBIBYTE = 1_048_576;

/** What is said before any association. */
const strangers = () => ({
  'a byte that is no PDU type': [Buffer.from([0])],
  'an HTTP request': [Buffer.from('GET / HTTP/1.1\r\nHost: pacs\r\n\r\n')],
  'a TLS greeting': [Buffer.from('1603010200010001fc0303', 'hex')],
  'a megabyte of zeros': [Buffer.alloc(1_048_576)],
  'a PDU of 4 GiB before an association': [pdu(4, Buffer.alloc(100), 0xffff_ffff)],
  'an association request of 4 GiB': [pdu(1, Buffer.alloc(100), 0xffff_ffff)],
  'an association request of no bytes': [pdu(1, Buffer.alloc(0))],
  'data before an association': [data(1, 3, commandSet(echoElements()))],
  'a release before an association': [releaseRequest()],
  'an abort before an association': [abortRequest()],
});

/** Association requests that are wrong or odd. */
const requests = () => ({
  'a called AE title that is not ours': [associateRequest({ called: 'SOMEBODY' }), ...release],
  'a calling AE title of spaces': [associateRequest({ calling: '' }), ...release],
  'a calling AE title of control bytes': [associateRequest({ calling: '\u001b[2J\r\n\0%n../' }), ...release],
  'protocol version 0': [associateRequest({ version: 0 }), ...release],
  'no application context': [associateRequest({ application: [] }), ...release],
  'another application context': [associateRequest({ application: [item(0x10, '1.2.3')] }), ...release],
  'no presentation contexts': [associateRequest({ contexts: [] }), ...release],
  'an even context id': [associateRequest({ contexts: [context(2, CT, EXPLICIT)] }), ...release],
  'a context id twice': [associateRequest({ contexts: [context(1, CT, EXPLICIT), context(1, CT, IMPLICIT)] })],
  '255 presentation contexts': [associateRequest({ contexts: counted(255, (n) => context(n, CT, EXPLICIT)) })],
  'a context of 4,000 transfer syntaxes': [
    associateRequest({ contexts: [context(1, CT, ...counted(4_000, (n) => `1.2.3.${n}`))] }),
  ],
  'a context without transfer syntaxes': [associateRequest({ contexts: [context(1, CT)] }), ...release],
  'an item that is longer than its PDU': [associateRequest({ more: [Buffer.from([0x20, 0, 0xff, 0xff, 1])] })],
  'a user identity that is longer than its item': [
    associateRequest({ user: [maximumLength(16_384), item(0x58, Buffer.from([1, 0]), uint16(0xffff), 'x')] }),
  ],
  '60,000 bytes of unknown items': [associateRequest({ more: counted(6_000, () => item(0x99, 'unused')) }), ...release],
  ...Object.fromEntries(
    [0, 1, 6, 7, 0xffff_ffff].map((length) => [
      `a peer that takes PDUs of ${length} bytes`,
      [associateRequest({ user: [maximumLength(length)] }), command(3, echoElements()), ...release],
    ]),
  ),
  'a second association request': [associateRequest(), associateRequest({ calling: 'OTHER' }), ...release],
});

/** PDUs and PDVs inside an association. */
const transports = (object) => ({
  'a PDU of 4 GiB': [associateRequest(), pdu(4, Buffer.alloc(100), 0xffff_ffff)],
  'a PDU longer than was announced': [associateRequest(), pdu(4, Buffer.alloc(200_000))],
  'a PDU without content': [associateRequest(), pdu(4, Buffer.alloc(0))],
  'a PDV longer than its PDU': [associateRequest(), pdu(4, pdv(1, 3, Buffer.alloc(10), 0xffff))],
  'a PDV of a negative length': [associateRequest(), pdu(4, pdv(1, 3, Buffer.alloc(10), 0xffff_ffff))],
  'a PDV of length 1': [associateRequest(), pdu(4, pdv(1, 3, Buffer.alloc(10), 1))],
  'a context that nobody proposed': [associateRequest(), ...store(object, { id: 99 })],
  'a C-STORE on the context of echoes': [associateRequest(), ...store(object, { id: 3 }), ...release],
  'a data set without a command': [associateRequest(), ...dataPdus(1, object.dataSet)],
  'a command inside a data set': [
    associateRequest(),
    command(1, storeElements(object)),
    data(1, 0, object.dataSet.subarray(0, 100)),
    command(3, echoElements()),
  ],
  'a release inside an object': [associateRequest(), command(1, storeElements(object)), ...release],
  'an abort inside an object': [
    associateRequest(),
    command(1, storeElements(object)),
    data(1, 0, object.dataSet.subarray(0, 100)),
    abortRequest(),
  ],
  'data behind a release': [associateRequest(), ...release, ...store(object)],
  '100,000 PDVs without a byte': [
    associateRequest(),
    command(1, storeElements(object)),
    ...counted(100, () => pdu(4, Buffer.concat(counted(1_000, () => pdv(1, 0, Buffer.alloc(0)))))),
    data(1, 2, object.dataSet),
    ...release,
  ],
  'an object byte by byte': [associateRequest(), ...store(object, { size: 1 }), ...release],
  'a command that never ends': [associateRequest(), ...counted(20, () => data(1, 1, Buffer.alloc(16_000)))],
});

/** Command sets. */
const commands = (object) => {
  const without = (number) => new Map([...storeElements(object)].filter(([each]) => each !== number));
  const withValue = (number, value) => new Map([...storeElements(object), [number, value]]);
  const say = (elements) => [associateRequest(), command(1, elements), ...dataPdus(1, object.dataSet), ...release];
  const raw = (bytes) => [associateRequest(), data(1, 3, bytes), ...release];
  return {
    ...Object.fromEntries(
      [...storeElements(object).keys()].map((number) => [
        `a command without (0000,${number.toString(16).padStart(4, '0')})`,
        say(without(number)),
      ]),
    ),
    'a command set of no bytes': raw(Buffer.alloc(0)),
    'a command set of noise': raw(Buffer.alloc(64, 0x33)),
    'a command set in Big Endian': raw(commandSet(storeElements(object)).swap16()),
    'a command element of 4 GiB': raw(commandElement(0x0100, us(1), 0xffff_ffff)),
    'a command element of minus one byte': raw(commandElement(0x0110, us(1), 0x8000_0000)),
    'a command set of 5,000 elements': raw(Buffer.concat(counted(5_000, () => commandElement(0x0110, us(7))))),
    'a command field that does not exist': say(withValue(0x0100, us(0x7777))),
    'a response that nobody waits for': say(withValue(0x0100, us(0x8001))),
    'a C-CANCEL': say(withValue(0x0100, us(0x0fff))),
    'a message that says it has no data set': say(withValue(0x0800, us(0x0101))),
    'a path as a UID': say(withValue(0x1000, Buffer.from('../../../../etc/cron.d/x'))),
    'a UID of 60,000 digits': say(withValue(0x1000, Buffer.alloc(60_000, '1'))),
    'a UID of control bytes': say(withValue(0x1000, Buffer.from('1.2\u001b[2J\r\n'))),
    'an empty UID': say(withValue(0x1000, Buffer.alloc(0))),
    '10,000 echoes at once': [
      associateRequest(),
      ...counted(10_000, (number) => command(3, echoElements(number & 0xffff))),
      ...release,
    ],
    '500 commands with one message id': [
      associateRequest(),
      ...counted(500, () => command(3, echoElements(1))),
      ...release,
    ],
  };
};

/** Data sets. */
const dataSets = (object) => {
  const storeOf = (dataSet, syntax = EXPLICIT) => [
    associateRequest({ contexts: [context(1, CT, syntax), context(3, VERIFICATION, IMPLICIT)] }),
    ...store({ ...object, dataSet }),
    ...release,
  ];
  return {
    'an element of 4 GiB': storeOf(Buffer.concat([object.dataSet.subarray(0, 200), longElement(0xffff_fffe)])),
    'sequences 10,000 deep': storeOf(nestedDataSet(object.dataSet, 10_000)),
    'sequences 50,000 deep with lengths': storeOf(nestedDataSet(object.dataSet, 50_000, 0x0fff_ffff)),
    'a data set of no bytes': storeOf(Buffer.alloc(0)),
    'a data set of ones': storeOf(Buffer.alloc(100_000, 0xff)),
    'a data set of zeros': storeOf(Buffer.alloc(100_000)),
    'deflated noise': storeOf(new Random('noise').bytes(4_000), DEFLATED),
    'a deflated gibibyte of zeros': storeOf(bomb(), DEFLATED),
  };
};

const longElement = (length) => {
  const head = Buffer.from('09001010554e000000000000', 'hex');
  head.writeUInt32LE(length, 8);
  return head;
};

const release = [releaseRequest()];
const counted = (count, make) => Array.from({ length: count }, (_, number) => make(number + 1));

/** A mebibyte that unpacks to a gibibyte: a flushed piece ends at a byte, and so it can be repeated (RFC 1951 3.2.4). */
const bomb = () => {
  const piece = deflateRawSync(Buffer.alloc(4 * MEBIBYTE), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array(256).fill(piece), deflateRawSync(Buffer.alloc(0))]);
};

/** Every attack of one connection, as a conversation. */
export function attacks(seed) {
  const object = (name) => objectOf(`${seed} ${name}`, new Random(`${seed} ${name}`));
  const groups = [strangers(), requests(), transports(object('transport')), commands(object('command'))];
  const all = { ...Object.assign({}, ...groups), ...dataSets(object('data set')) };
  return Object.entries(all).map(([name, chunks]) => ({ name, chunks, endBy: 'end' }));
}
