import fc from 'fast-check';
import { identityPlace } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { factsOf, identityOf, instanceKeywords, representativeOf } from './series-facts.js';
import { seriesDecider } from './series-decider.js';
import type { StoreInstance } from './series-command.js';
import type { KnownSeries, SeriesInstance } from './series-state.js';

const {
  header,
  identityFacts,
  sealedIdentity,
  seriesInstanceUid,
  source,
  storeInstance,
  sopInstanceUid,
  completed,
  opened,
  stored,
} = exampleSeries;

/** The series after these objects arrived, as the decider itself writes it down. */
const receiving = (commands: readonly StoreInstance[]): KnownSeries => {
  const [first, ...others] = commands;
  if (first === undefined) throw new Error('a series has at least one object');
  const { state } = others.reduce((story, command) => story.when(command), given(seriesDecider).when(first));
  if (state.status === 'unknown') throw new Error('the series is unknown');
  return state;
};
const instanceOf = (state: KnownSeries, number: number): SeriesInstance => {
  const instance = state.instances.get(sopInstanceUid(number));
  if (instance === undefined) throw new Error(`image ${number} is unknown`);
  return instance;
};
const everything = Number.MAX_SAFE_INTEGER;

describe('representativeOf', () => {
  it('takes the object with the lowest instance number, by value and not by text', () => {
    expect(representativeOf(receiving([10, 9, 11].map((n) => storeInstance(n))), everything)?.sopInstanceUid).toBe(
      sopInstanceUid(9),
    );
  });

  it('takes the lowest UID among equal instance numbers', () => {
    const state = receiving([3, 1, 2].map((n) => storeInstance(n, { header: header(5) })));
    expect(representativeOf(state, everything)?.sopInstanceUid).toBe(sopInstanceUid(1));
  });

  it.each([
    ['lack', undefined],
    ['leave empty', ''],
    ['write as a word', 'first'],
  ])('puts objects last that %s their number', (_what, InstanceNumber) => {
    const { InstanceNumber: _number, ...others } = header(1);
    const odd = storeInstance(1, { header: InstanceNumber === undefined ? others : { ...others, InstanceNumber } });
    for (const order of [
      [odd, storeInstance(2)],
      [storeInstance(2), odd],
    ])
      expect(representativeOf(receiving(order), everything)?.sopInstanceUid).toBe(sopInstanceUid(2));
    expect(representativeOf(receiving([odd]), everything)?.sopInstanceUid).toBe(sopInstanceUid(1));
  });

  it('does not see objects that came after the revision it is asked for', () => {
    const { state } = given(seriesDecider, [opened(5), stored(5, { headerChanges: {} }), completed(1), stored(1)]);
    if (state.status === 'unknown') throw new Error('the series is unknown');
    expect(representativeOf(state, 3)?.sopInstanceUid).toBe(sopInstanceUid(5));
    expect(representativeOf(state, 4)?.sopInstanceUid).toBe(sopInstanceUid(1));
  });

  it('finds nobody where nothing was stored yet', () => {
    const { state } = given(seriesDecider, [opened()]);
    expect(state.status === 'unknown' ? 'unknown' : representativeOf(state, everything)).toBeUndefined();
  });

  it('is the same object with the same facts whatever the order of arrival', () => {
    const numbers = fc.constantFrom('1', '2', '03', '7', '', '-1', 'x', undefined);
    const headers = fc
      .record({ InstanceNumber: numbers, SliceThickness: fc.constantFrom('1', '2', undefined) })
      .map((facts) =>
        Object.fromEntries(Object.entries({ ...header(0), ...facts }).filter(([, value]) => value !== undefined)),
      );
    const senders = fc.constantFrom(source, { ...source, callingAeTitle: 'CT2', address: '10.0.0.8' });
    const arrivals = fc
      .array(fc.tuple(headers, senders), { minLength: 1, maxLength: 8 })
      .map((list) =>
        list.map(([facts, sender], index) =>
          storeInstance(index + 1, { header: facts as Record<string, string>, source: sender }),
        ),
      );
    const twoOrders = arrivals.chain((commands) =>
      fc.tuple(
        fc.constant(commands),
        fc.shuffledSubarray(commands, { minLength: commands.length, maxLength: commands.length }),
      ),
    );
    fc.assert(
      fc.property(twoOrders, (orders) => {
        const [one, other] = orders.map((order) => {
          const state = receiving(order);
          const instance = representativeOf(state, everything);
          return instance && { uid: instance.sopInstanceUid, facts: factsOf(state, instance, identityFacts) };
        });
        expect(one).toBeDefined();
        expect(one).toEqual(other);
      }),
    );
  });
});

describe('factsOf', () => {
  it('gives back the header that the object came with, whichever object opened the series', () => {
    const headers = fc.dictionary(
      fc.constantFrom('Modality', 'SliceThickness', 'ImageType', 'ProcedureCodeSequence[0].CodeValue'),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(headers, headers, (first, second) => {
        const state = receiving([storeInstance(1, { header: first }), storeInstance(2, { header: second })]);
        expect(factsOf(state, instanceOf(state, 2), identityFacts)).toMatchObject(second);
        const keywords = Object.keys(factsOf(state, instanceOf(state, 2), identityFacts));
        const added = ['SenderAET', 'ReceiverAET', 'SenderAddress', ...instanceKeywords, ...Object.keys(identityFacts)];
        expect(keywords.filter((keyword) => !added.includes(keyword)).toSorted()).toEqual(
          Object.keys(second).toSorted(),
        );
      }),
    );
  });

  it('names the sender of the object itself, whichever of two senders came first', () => {
    const commands = [
      storeInstance(1, { source: { ...source, callingAeTitle: 'CT2', address: '10.0.0.8' } }),
      storeInstance(2),
    ];
    for (const order of [commands, commands.toReversed()]) {
      const state = receiving(order);
      expect(factsOf(state, instanceOf(state, 1), identityFacts)).toMatchObject({
        SenderAET: 'CT2',
        SenderAddress: '10.0.0.8',
      });
      expect(factsOf(state, instanceOf(state, 2), identityFacts)).toMatchObject({
        SenderAET: 'CT1',
        SenderAddress: '10.0.0.7',
      });
    }
  });

  it('adds who sent it, how it came and who the patient is', () => {
    const state = receiving([storeInstance(1)]);
    expect(factsOf(state, instanceOf(state, 1), identityFacts)).toEqual({
      ...header(1),
      ...identityFacts,
      SenderAET: 'CT1',
      ReceiverAET: 'WAYSTATION',
      SenderAddress: '10.0.0.7',
      MediaStorageSOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
      MediaStorageSOPInstanceUID: sopInstanceUid(1),
      TransferSyntaxUID: '1.2.840.10008.1.2.1',
      HeaderWarnings: '',
    });
  });

  it('names what the object does against the standard', () => {
    const warnings = ['dicom.character-set-missing', 'dicom.element-order'].map((code) => ({
      code,
      message: 'so it is',
    }));
    const state = receiving([storeInstance(1, { warnings }), storeInstance(2)]);
    expect(factsOf(state, instanceOf(state, 1), identityFacts)['HeaderWarnings']).toBe(
      'dicom.character-set-missing\\dicom.element-order',
    );
    expect(factsOf(state, instanceOf(state, 2), identityFacts)['HeaderWarnings']).toBe('');
  });

  it('does not let the object itself say how it came', () => {
    const header = { Modality: 'CT', TransferSyntaxUID: '1.2.3', HeaderWarnings: 'none' };
    const state = receiving([storeInstance(1, { header })]);
    expect(factsOf(state, instanceOf(state, 1), identityFacts)).toMatchObject({
      TransferSyntaxUID: '1.2.840.10008.1.2.1',
      HeaderWarnings: '',
    });
  });
});

describe('identityOf', () => {
  it('is what the object itself came with, and else that of the series, each with its place', () => {
    const other = sealedIdentity(2);
    const state = receiving([storeInstance(1), storeInstance(2, { identity: other })]);
    expect(identityOf(state, instanceOf(state, 1))).toEqual({
      sealed: sealedIdentity(1).seriesOpened,
      place: identityPlace.seriesOpened(seriesInstanceUid),
    });
    expect(identityOf(state, instanceOf(state, 2))).toEqual({
      sealed: other.instanceStored,
      place: identityPlace.instanceStored(seriesInstanceUid, sopInstanceUid(2)),
    });
  });
});
