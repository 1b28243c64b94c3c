import type { Readable } from 'node:stream';
import type { EventLog } from '@waystation/event-log';
import type { ObjectStore } from '@waystation/object-store';
import type { DataSource } from 'typeorm';
import type { ProjectHistory } from '../project-history/project-history.js';
import { gatherEvidence, type StudyEvidence } from '../tell-history/study-evidence.js';
import type { BundleManifest } from './bundle-manifest.js';
import { BundleWriter } from './bundle-writer.js';
import { ZipStream } from './zip-stream.js';

/** What bundles are made from. */
export interface BundleSources {
  readonly log: EventLog;
  readonly project: ProjectHistory;
  readonly views: DataSource;
  readonly objects: Pick<ObjectStore, 'get' | 'stat'>;
  /** Seals what was appended lately. Where that fails, that much has no proof. */
  readonly seal: () => Promise<unknown>;
  /** CloudEvents `source` of the log. */
  readonly source: string;
}

/**
 * Makes the evidence of a study: a zip that is checked on any machine with Node, and that comes into being as it is read.
 * @throws CodedError `audit.unknown-study`
 */
export const bundleStudy = async (
  sources: BundleSources,
  studyInstanceUid: string,
  { withObjects }: { readonly withObjects: boolean },
): Promise<Readable> => {
  const { position: head } = await sources.log.head();
  await sources.seal();
  const evidence = await gatherEvidence(sources, studyInstanceUid, head);
  const manifest = await manifestOf(sources, evidence, { head, withObjects });
  const zip = new ZipStream(new Date(manifest.createdAt));
  new BundleWriter(zip, sources, evidence, manifest).write().then(
    () => zip.end(),
    (error: Error) => zip.fail(error),
  );
  return zip.output;
};

const manifestOf = async (
  { log, source }: BundleSources,
  { studyInstanceUid, streams, events }: StudyEvidence,
  { head, withObjects }: { readonly head: number; readonly withObjects: boolean },
): Promise<BundleManifest> => {
  const counts = streams.map((stream) => ({
    stream,
    events: events.filter((event) => event.stream === stream).length,
  }));
  return {
    format: 'waystation-bundle/1',
    studyInstanceUid,
    source,
    createdAt: await log.now(),
    head: { position: head, recordedtime: (await log.read(head)).recordedtime },
    streams: counts.filter((count) => count.events > 0),
    events: events.length,
    objects: withObjects ? 'included' : 'left out',
    identity: 'as stored',
  };
};
