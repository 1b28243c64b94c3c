import { exampleJob, exampleSeries, recordedInOrder } from '@waystation/testing';
import { expect, it } from 'vitest';
import { objectsOfJob } from './objects-of-jobs.js';

const { requested, started, failed, derived, succeeded } = exampleJob;
const file = (key: string) => ({ key, sha256: '0'.repeat(64), size: 1 });
const { key } = exampleSeries.sealedIdentity(9).instanceStored;
const events = recordedInOrder([
  requested(),
  started(1),
  failed(1, { log: file('first log') }),
  started(2),
  derived(1, 2),
  succeeded(2, { log: file('log'), result: file('result'), files: [{ name: 'a.pdf', object: file('a') }] }),
]);

it('What a job left of a patient is its objects, and its logs, result and files', () => {
  const object = exampleSeries.object(101).key;
  expect(objectsOfJob([key], events)).toEqual([object, 'first log', 'log', 'result', 'a']);
});

it('What it made of nobody is not the patient: it is sealed with another key, or has none that is known', () => {
  expect(objectsOfJob(['another'], events)).toEqual(['first log', 'log', 'result', 'a']);
  expect(objectsOfJob([key], [])).toEqual([]);
});
