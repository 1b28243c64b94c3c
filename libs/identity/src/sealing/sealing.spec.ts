import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { identityPlace, Identity, type Facts } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { DataKey } from './data-key.js';
import { factsText } from './facts-text.js';
import { openIdentity } from './open-identity.js';
import { sealIdentity } from './seal-identity.js';

const key = DataKey.random();
const anyFacts = fc.dictionary(
  fc.oneof(
    fc.constantFrom('PatientName', 'PatientID', '0010,1040', '__proto__', 'constructor'),
    fc.string({ minLength: 1 }),
  ),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constant('')),
  { noNullPrototype: true },
);
const anyPlace = fc.string({ unit: 'grapheme' });
const seal = (facts: Facts, place: string, by = key): Identity => sealIdentity(by, place, factsText(facts));

describe('what is sealed', () => {
  it('opens to the same facts, whatever they are', () => {
    fc.assert(
      fc.property(anyFacts, anyPlace, (facts, place) => {
        expect(openIdentity(key, { sealed: seal(facts, place), place })).toEqual(facts);
      }),
    );
  });

  it.each(['__proto__', 'constructor', 'toString'])('has a fact whose name is %s', (name) => {
    const facts = Object.fromEntries([[name, 'Doe^Jane']]);
    const opened = openIdentity(key, { sealed: seal(facts, 'here'), place: 'here' });
    expect(Object.entries(opened ?? {})).toEqual([[name, 'Doe^Jane']]);
  });

  it('is what the schema of the events asks for', () => {
    fc.assert(
      fc.property(anyFacts, anyPlace, (facts, place) => {
        expect(Identity.parse(seal(facts, place))).toEqual(seal(facts, place));
      }),
    );
  });

  it('is the same for the same facts in any order, and another for other facts, places and keys', () => {
    const facts = { PatientName: 'Doe^Jane', PatientID: '4711' };
    const sealed = seal(facts, 'here');
    expect(seal({ PatientID: '4711', PatientName: 'Doe^Jane' }, 'here')).toEqual(sealed);
    const others = [
      seal({ ...facts, PatientID: '4712' }, 'here'),
      seal({ ...facts, PatientSex: 'F' }, 'here'),
      seal(facts, 'there'),
      seal(facts, 'here', DataKey.random()),
    ];
    for (const part of ['iv', 'ciphertext', 'tag'] as const)
      expect(new Set([sealed, ...others].map((each) => each[part])).size).toBe(5);
  });

  it('does not open when a single bit is another', () => {
    const bit = fc.tuple(fc.constantFrom('iv', 'ciphertext', 'tag'), fc.nat(), fc.nat(7));
    fc.assert(
      fc.property(anyFacts, bit, (facts, [part, at, shift]) => {
        const sealed = seal(facts, 'here');
        const bytes = Buffer.from(sealed[part], 'base64');
        const index = at % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << shift), index);
        const changed = { ...sealed, [part]: bytes.toString('base64') };
        expect(openIdentity(key, { sealed: changed, place: 'here' })).toBeUndefined();
      }),
    );
  });

  it('does not open anywhere else', () => {
    const sealed = seal({ PatientName: 'Doe^Jane' }, identityPlace.seriesOpened('1.2.3'));
    for (const place of [
      identityPlace.seriesOpened('1.2.30'),
      identityPlace.instanceStored('1.2.3', '1.2.3.4'),
      'series.opened',
      '',
    ])
      expect(openIdentity(key, { sealed, place })).toBeUndefined();
  });

  it('does not open with another key, not even one that bears its name', () => {
    const sealed = seal({ PatientName: 'Doe^Jane' }, 'here');
    expect(openIdentity(DataKey.random(), { sealed, place: 'here' })).toBeUndefined();
    expect(openIdentity(new DataKey(key.id, DataKey.random().secret), { sealed, place: 'here' })).toBeUndefined();
  });

  it('tells little by its length', () => {
    const lengths = ['', 'Li^Bo', 'Wolfeschlegelsteinhausenbergerdorff^Hubert'].map(
      (name) => seal({ PatientName: name, PatientID: '1' }, 'here').ciphertext.length,
    );
    expect(new Set(lengths).size).toBe(1);
  });

  it('carries no part of the facts', () => {
    const { key: _id, ...sealed } = seal({ PatientName: 'Doe^Jane' }, 'here');
    const bytes = Object.values(sealed).map((text) => Buffer.from(text, 'base64').toString('latin1') + text);
    expect(bytes.join()).not.toMatch(/Doe|Jane|PatientName/);
  });

  const samples = new URL('../../../events/samples/', import.meta.url);
  it.each(['series.opened.v1', 'instance.stored.v1'])('opens as it was stored once: %s', (type) => {
    const { subject, data } = JSON.parse(readFileSync(new URL(`${type}.json`, samples), 'utf8')) as {
      subject: string;
      data: { identity: Identity; sopInstanceUid: string };
    };
    const series = subject.slice('series/'.length);
    const place =
      type === 'series.opened.v1'
        ? identityPlace.seriesOpened(series)
        : identityPlace.instanceStored(series, data.sopInstanceUid);
    const secret = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
    const sampleKey = new DataKey('0199f2c0-6a14-4c3e-8d55-0242ac120002', secret);
    expect(openIdentity(sampleKey, { sealed: data.identity, place })).toMatchObject({
      PatientName: 'Müller^Jörg',
      PatientID: '0012-4711',
    });
  });
});
