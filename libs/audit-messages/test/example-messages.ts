import { readdirSync, readFileSync } from 'node:fs';
import { DeliveryRequested, SeriesOpened, Target, type CloudEvent, type RecordedEvent } from '@waystation/events';
import { auditMessagesOf } from '../src/audit-messages-of.js';
import type { AuditMessage } from '../src/audit-message.js';
import type { Reporter } from '../src/reporter.js';
import type { Subject } from '../src/subject.js';

const samples = new URL('../../events/samples/', import.meta.url);
const sample = (file: string) => JSON.parse(readFileSync(new URL(file, samples), 'utf8')) as CloudEvent;

/** A sample of the catalogue as the log would hold it. */
export const sampleEvent = (type: string, change: object = {}): RecordedEvent => {
  const event = sample(`${type}.json`);
  const { authid, authaddress } = event;
  return {
    type,
    data: { ...(event.data as object), ...change },
    position: Number(event.id),
    stream: event.subject,
    sequence: Number(event.sequence),
    time: event.time,
    recordedtime: event.recordedtime,
    metadata:
      authid === undefined
        ? {}
        : { actor: { kind: 'user', name: authid, ...(authaddress === undefined ? {} : { address: authaddress }) } },
  };
};

/** Every type there is a sample of. */
export const sampleTypes = readdirSync(samples).map((file) => file.replace(/\.json$/, ''));

export const reporter: Reporter = {
  source: '/log/main/1',
  siteId: 'Hospital',
  host: 'waystation-1',
  aeTitle: 'WAYSTATION',
};

const opened = SeriesOpened.schema.parse(sample('series.opened.v1.json').data);

const pacs = { kind: 'dicom', name: 'archive', host: '10.0.0.9', port: 104, calledAeTitle: 'ARCHIVE' };
const folder = { kind: 'folder', name: 'research', path: '/srv/research data' };

/** What is known beside the samples. */
export const subjectTo = (target: 'pacs' | 'folder' = 'pacs'): Subject => ({
  study: {
    studyInstanceUid: opened.studyInstanceUid,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    identity: opened.identity,
    sender: { aeTitle: opened.source.callingAeTitle, address: opened.source.address },
  },
  delivery: {
    request: DeliveryRequested.schema.parse(sample('delivery.requested.v1.json').data),
    target: Target.parse(target === 'pacs' ? pacs : folder),
  },
});

/** Every message that follows from the samples, to either kind of target. */
export const exampleMessages = (): readonly AuditMessage[] =>
  sampleTypes.flatMap((type) =>
    (['pacs', 'folder'] as const).flatMap((target) => auditMessagesOf(sampleEvent(type), subjectTo(target), reporter)),
  );
