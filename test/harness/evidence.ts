import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { StoredObject } from '@waystation/events';
import { openObjectStore } from '@waystation/object-store';
import type { SyntheticInstance } from '@waystation/testing';
import { expect } from 'vitest';
import { dataSetsUnder } from './dcmtk.js';
import type { Modality } from './modality.js';
import type { RecordingTarget } from './recording-target.js';
import { eventually, type DeliveryLine, type HistoryEntry, type Waystation } from './waystation.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const seriesOf = (instances: readonly SyntheticInstance[]): string => instances[0]?.seriesInstanceUid ?? '';
const digests = (instances: readonly SyntheticInstance[]): readonly string[] =>
  instances.map(({ dataSet }) => sha256(dataSet)).toSorted();
const text = (entry: HistoryEntry, name: string): string => String(entry.data[name]);

/** Asks the audit over HTTP; undefined while it does not answer. */
export const ask = async <Answer>(waystation: Waystation, path: string): Promise<Answer | undefined> => {
  try {
    const response = await fetch(`${waystation.url}/api/${path}`);
    return response.ok ? ((await response.json()) as Answer) : undefined;
  } catch {
    return undefined;
  }
};

/** Waits until every delivery of a series has succeeded and each target has all of it; over however many revisions. */
export const untilDelivered = async (
  waystation: Waystation,
  instances: readonly SyntheticInstance[],
  targets: readonly string[],
): Promise<void> => {
  const series = seriesOf(instances);
  await eventually(`${targets.join(' and ')} to have ${instances.length} objects of ${series}`, async () => {
    const lines = await ask<readonly DeliveryLine[]>(waystation, `deliveries?series=${series}`);
    const complete = targets.every((target) => {
      const own = (lines ?? []).filter((line) => line.target === target);
      const delivered = own.reduce((sum, line) => sum + line.delivered, 0);
      return own.every(({ status }) => status === 'succeeded') && delivered === instances.length;
    });
    return complete ? true : undefined;
  });
};

/** Every acknowledged object is in the log once, and in the object store with the bytes that were sent. */
export const expectKept = async (
  history: readonly HistoryEntry[],
  objectsUrl: string,
  modality: Modality,
  instances: readonly SyntheticInstance[],
): Promise<void> => {
  const stored = new Map<string, HistoryEntry>();
  for (const entry of history.filter(({ type }) => type === 'instance.stored.v1')) {
    expect(stored.has(text(entry, 'sopInstanceUid'))).toBe(false);
    stored.set(text(entry, 'sopInstanceUid'), entry);
  }
  const objects = await openObjectStore(objectsUrl);
  try {
    for (const { sopInstanceUid, dataSet } of instances) {
      expect(modality.acknowledged).toContain(sopInstanceUid);
      const object = stored.get(sopInstanceUid)?.data['object'] as StoredObject | undefined;
      const kept = await buffer(await objects.get(object?.key ?? 'none', { offset: object?.dataSetOffset ?? 0 }));
      expect(sha256(kept)).toBe(sha256(dataSet));
    }
  } finally {
    await objects.close();
  }
};

/**
 * The target got every object with the bytes that were sent: once, or as many times more as the log has attempts that say
 * of themselves that they may repeat. The log has exactly one receipt for each.
 */
export const expectNoSilentDouble = (
  history: readonly HistoryEntry[],
  name: string,
  target: RecordingTarget,
  instances: readonly SyntheticInstance[],
): void => {
  const requests = history.filter((entry) => entry.type === 'delivery.requested.v1' && text(entry, 'target') === name);
  const deliveries = new Set(requests.map(({ subject }) => subject));
  const own = history.filter(({ subject }) => deliveries.has(subject));
  const receipts = own.filter(({ type }) => type === 'instance.delivered.v1').map((one) => text(one, 'sopInstanceUid'));
  expect(receipts.toSorted()).toEqual(instances.map(({ sopInstanceUid }) => sopInstanceUid).toSorted());
  for (const { sopInstanceUid, dataSet } of instances) {
    const receipt = own.find((entry) => entry.data['sopInstanceUid'] === sopInstanceUid);
    const admitted = own.filter((entry) => entry.subject === receipt?.subject && entry.data['mayRepeat'] === true);
    const came = target.received.get(sopInstanceUid) ?? [];
    expect(new Set(came)).toEqual(new Set([sha256(dataSet)]));
    expect(came.length).toBeLessThanOrEqual(1 + admitted.length);
  }
};

/** A folder target has exactly the objects that were sent. */
export const expectExported = (folder: string, instances: readonly SyntheticInstance[]): void => {
  expect(dataSetsUnder(folder)).toEqual(digests(instances));
};

/** The log verifies, what is derived from it can be derived again, and nothing waits. */
export const expectSoundLog = async (waystation: Waystation): Promise<void> => {
  expect(await waystation.json('verify')).toMatchObject({ ok: true, problems: [] });
  expect(await waystation.json('rebuild')).toMatchObject({ equal: true, timers: 0 });
  expect(await ask(waystation, 'queues')).toEqual([]);
};
