import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '../harness/repository.js';

const from = <Module>(name: string): Promise<Module> =>
  import(join(repository, 'tools/torture/input', name)) as Promise<Module>;
interface Checker {
  readonly differences: (ledger: object, goodPeer: object, facts: object) => readonly string[];
}
interface Limits {
  readonly growth: (before: object, after: object) => readonly string[];
  readonly creep: (batches: readonly Batch[]) => readonly string[];
}
interface Batch {
  readonly name: string;
  readonly held: { readonly rss: number; readonly heapUsed: number };
}
interface Reader {
  readonly messagesSent: (bytes: Buffer) => readonly object[];
}
interface Fuzzer {
  readonly fuzzed: (seed: string, number: number) => { readonly chunks: readonly Buffer[] };
}
const { differences } = await from<Checker>('differences.mjs');
const { creep, growth } = await from<Limits>('limits.mjs');
const { messagesSent } = await from<Reader>('messages-sent.mjs');
const { fuzzed } = await from<Fuzzer>('fuzz.mjs');

const one = { name: 'attack 1', sopInstanceUid: '1.2.3', sha256: 'a1', status: 0xc000 };
const ledger = { connections: 3, heard: 2, accepted: 1, hangs: [], strange: [], kept: [], refused: [] };
const goodPeer = { failures: [], kept: [] };
const released = { stream_no: '7', type: 'association.released.v1', reason: null };
const aborted = { stream_no: '8', type: 'association.aborted.v1', reason: 'a PDU has type 9' };
const facts = {
  kept: new Set(['a1']),
  aside: new Map([['b2', 'dicom.truncated']]),
  unreadable: new Map(),
  associations: [released, aborted],
  rejected: [{ reason: 'called AE title is not one of ours' }],
  refused: [],
};

// What a checker does not see it cannot promise: each promise is broken here once.
describe('The checker of bad input', () => {
  it('has nothing to say where all is as it should be', () => {
    expect(differences({ ...ledger, kept: [one] }, goodPeer, facts)).toEqual([]);
    expect(differences({ ...ledger, refused: [{ ...one, sha256: 'b2' }] }, goodPeer, facts)).toEqual([]);
  });

  it.each([
    ['a good peer that was disturbed', {}, { failures: ['C-ECHO: aborted'] }, {}, /good peer was disturbed/],
    ['a good peer whose object is gone', {}, { kept: [{ ...one, sha256: 'c3' }] }, {}, /Success and is not in the log/],
    ['a connection that hangs', { hangs: ['attack 1'] }, {}, {}, /left the connection open/],
    ['an answer to nothing', { strange: [one] }, {}, {}, /answer to what was not asked/],
    ['a lost object', { kept: [{ ...one, sha256: 'c3' }] }, {}, {}, /Success and is not in the log/],
    ['a silent refusal', { refused: [one] }, {}, {}, /neither in quarantine nor an event/],
    ['an object with other bytes', {}, {}, { unreadable: new Map([['a1', 'ff']]) }, /not what its event says/],
    ['an association without an end', {}, {}, { associations: [released, { ...aborted, type: null }] }, /no end/],
    ['an abort without a reason', {}, {}, { associations: [released, { ...aborted, reason: '' }] }, /without a reason/],
    ['an association that is not told', { accepted: 3 }, {}, {}, /the log has 2/],
    ['a connection that is not told', { connections: 9, heard: 4 }, {}, {}, /4 were heard, the log tells of 3/],
    ['an event too many', { connections: 2 }, {}, {}, /the log tells of 3/],
    ['an error nobody foresaw', {}, {}, { rejected: [{ reason: 'Cannot read properties of null' }] }, /unforeseen/],
  ])('sees %s', (_, told, peer, found, sentence) => {
    const sentences = differences({ ...ledger, ...told }, { ...goodPeer, ...peer }, { ...facts, ...found });
    expect(sentences).toEqual([expect.stringMatching(sentence)]);
  });

  it.each([
    ['the heap', { heapUsed: 50e6 }],
    ['resident memory', { rss: 400e6 }],
    ['a peak', { peak: 600e6 }],
    ['open files', { files: 30 }],
  ])('sees that %s grew', (_, more) => {
    const before = { heapUsed: 10e6, external: 1e6, rss: 100e6, peak: 200e6, files: 20 };
    expect(growth(before, before)).toEqual([]);
    expect(growth(before, { ...before, ...more })).toHaveLength(1);
  });

  it('sees that resident memory grows on under the same load, and not that it levels off', () => {
    const batches = (...rss: readonly number[]) =>
      rss.map((bytes, index) => ({ name: `${index}`, held: { rss: bytes, heapUsed: 60e6 } }));
    expect(creep(batches(100e6, 200e6, 210e6, 211e6))).toEqual([]);
    expect(creep(batches(100e6, 200e6, 210e6, 280e6))).toEqual([
      expect.stringMatching(/crept from 200 MiB \(2\) to 267/),
    ]);
  });

  it('sees that the heap climbs on when what is remembered is at its limit, and not that it levels off', () => {
    const batches = (...heaps: readonly number[]) =>
      heaps.map((heapUsed, index) => ({ name: `${index}`, held: { rss: 200e6, heapUsed } }));
    const rising = [60e6, 62e6, 64e6, 66e6, 68e6, 70e6];
    expect(creep(batches(...rising, 71e6, 71e6, 71e6))).toEqual([]);
    expect(creep(batches(...rising, 72e6, 74e6, 76e6))).toEqual([
      expect.stringMatching(/the heap crept from 69 MiB \(6\) to 72/),
    ]);
  });

  it('reads what was sent without the code that is tested', () => {
    const command = Buffer.from(
      '0000000004000000120000000000000102000000010000001001020000000500' +
        '0000000802000000020100000010040000003130302e',
      'hex',
    );
    const pdu = (control: number, value: Buffer): Buffer => {
      const head = Buffer.from([4, 0, 0, 0, 0, value.length + 6, 0, 0, 0, value.length + 2, 1, control]);
      return Buffer.concat([head, value]);
    };
    expect(messagesSent(Buffer.concat([pdu(3, command), pdu(0, Buffer.from('ab')), pdu(2, Buffer.from('c'))]))).toEqual(
      [
        {
          field: 1,
          isStore: true,
          messageId: 5,
          sopInstanceUid: '100.',
          size: 3,
          sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        },
      ],
    );
  });

  it('is given the same conversations by the same seed, and others by another', () => {
    const bytes = (seed: string): string => Buffer.concat(fuzzed(seed, 17).chunks).toString('hex');
    expect(bytes('one')).toBe(bytes('one'));
    expect(bytes('one')).not.toBe(bytes('two'));
  });
});
