import { fold, jobDecider, type JobEvent } from '@waystation/domain';
import type { JobFailed, JobSucceeded, JobTimedOut, Recorded, RecordedEvent, StoredFile } from '@waystation/events';

type Ended = JobSucceeded['data'] | JobFailed['data'] | JobTimedOut['data'];

/**
 * What a job that was given objects of a patient left, by its keys in the object store: objects that are sealed with one of these
 * keys, and every log, result and file, since nobody knows what is in those.
 * @param events of the job
 */
export const objectsOfJob = (keys: readonly string[], events: readonly RecordedEvent[]): readonly string[] => {
  const state = fold(jobDecider, events as readonly Recorded<JobEvent>[]);
  if (state.status === 'unknown') return [];
  const derived = [...state.derived.values()].filter(({ identity }) => keys.includes(identity.key));
  const left = events.flatMap(({ data }) => leftBy(data as Partial<Ended>));
  return [...new Set([...derived.map(({ object }) => object.key), ...left.map(({ key }) => key)])];
};

const leftBy = (ended: Partial<Ended>): readonly StoredFile[] => [
  ...(ended.log === undefined ? [] : [ended.log]),
  ...('result' in ended && ended.result !== undefined ? [ended.result] : []),
  ...('files' in ended && ended.files !== undefined ? ended.files.map(({ object }) => object) : []),
];
