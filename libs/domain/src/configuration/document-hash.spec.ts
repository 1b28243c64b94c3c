import { ConfigurationDocument } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentHash } from './document-hash.js';

const document = ConfigurationDocument.parse({
  rules: [
    { name: 'CT', condition: 'True', action: 'route', targets: ['archive', 'research'] },
    { name: 'MR', condition: 'True', action: 'route', targets: ['archive'] },
  ],
  targets: [{ kind: 'dicom', name: 'archive', host: 'pacs', port: 104, calledAeTitle: 'ARCHIVE' }],
});

/** The same value with the keys of every object in an order that `pick` decides. */
const shuffled = (value: unknown, pick: (length: number) => number): unknown => {
  if (Array.isArray(value)) return value.map((part) => shuffled(part, pick));
  if (typeof value !== 'object' || value === null) return value;
  const left = Object.entries(value);
  const entries: [string, unknown][] = [];
  while (left.length > 0)
    for (const [key, part] of left.splice(pick(left.length), 1)) entries.push([key, shuffled(part, pick)]);
  return Object.fromEntries(entries);
};

describe('documentHash', () => {
  it('does not depend on the order of keys, at any depth', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const pick = (length: number) => (numbers.next().value as number) % length;
        expect(documentHash(shuffled(document, pick) as ConfigurationDocument)).toBe(documentHash(document));
      }),
    );
  });

  it('depends on the order of rules and targets, which means something', () => {
    expect(documentHash({ ...document, rules: document.rules.toReversed() })).not.toBe(documentHash(document));
  });

  it('depends on every value', () => {
    const [first, ...others] = document.rules;
    if (first === undefined) throw new Error('the document has rules');
    const changes: ConfigurationDocument[] = [
      { ...document, completion: { quietPeriodSeconds: 61 } },
      { ...document, rules: [{ ...first, condition: 'False' }, ...others] },
      { ...document, rules: [{ ...first, disabled: true }, ...others] },
      { ...document, rules: [{ ...first, comment: '' }, ...others] },
      { ...document, targets: [] },
    ];
    expect(new Set([document, ...changes].map(documentHash)).size).toBe(6);
  });

  it('is the same for a document that was written down and read again', () => {
    expect(documentHash(JSON.parse(JSON.stringify(document)) as ConfigurationDocument)).toBe(documentHash(document));
  });

  it('is SHA-256 of JSON without white space and with its keys in order, in lower-case hexadecimal', () => {
    const text = [
      '{"applicationEntities":[],"completion":{"quietPeriodSeconds":60},"facts":{"additional":[]},"modules":[],',
      '"notificationChannels":[],"retention":{"keep":{},"policies":[]},"rules":[],',
      '"schedule":{"offPeak":{"days":["monday","tuesday","wednesday","thursday",',
      '"friday","saturday","sunday"],"from":"22:00","timeZone":"UTC","to":"06:00"}},"senders":[],"subscriptions":[],',
      '"targets":[],"unknownCalledAeTitle":"refuse"}',
    ].join('');
    expect(JSON.parse(text)).toEqual(ConfigurationDocument.parse({}));
    expect(documentHash(JSON.parse(text) as ConfigurationDocument)).toBe(
      '4bca156fde4058b7ac2e62d2a24c1996f6ff4072dbc76841590afffc47c9a689',
    );
  });
});
