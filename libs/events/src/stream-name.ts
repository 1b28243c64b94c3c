import type { StreamCategory } from './define-event.js';

/** `series/<SeriesInstanceUID>`, `delivery/<id>`, `patient/<pseudonym>` and so on; `configuration` and `log` have one stream each. */
export const streamName = {
  association: (id: string) => `association/${id}`,
  series: (seriesInstanceUid: string) => `series/${seriesInstanceUid}`,
  study: (studyInstanceUid: string) => `study/${studyInstanceUid}`,
  job: (id: string) => `job/${id}`,
  delivery: (id: string) => `delivery/${id}`,
  notification: (id: string) => `notification/${id}`,
  patient: (pseudonym: string) => `patient/${pseudonym}`,
  /** @param sha256 of the data set */
  quarantine: (sha256: string) => `quarantine/${sha256}`,
  /** @param name what a processing app calls itself */
  app: (name: string) => `app/${name}`,
  configuration: 'configuration',
  log: 'log',
  /** What was read on a day, `2026-01-31`, in UTC. */
  access: (day: string) => `access/${day}`,
  subscription: (name: string) => `subscription/${name}`,
  service: (name: string) => `service/${name}`,
  /** What was removed from the object store that no event names. */
  reaper: 'store/reaper',
} as const;

/** The part before the slash. */
export const categoryOf = (stream: string): StreamCategory => stream.split('/', 1)[0] as StreamCategory;

/** The part behind the slash; empty for streams there is one of. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf('/') + 1 || stream.length);
