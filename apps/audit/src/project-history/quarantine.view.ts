import type { InstanceQuarantined, RecordedEvent } from '@waystation/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { positionColumn } from './position-column.js';

/** An object that could not be understood. */
@Entity({ name: 'quarantine' })
export class QuarantineView {
  @PrimaryColumn({ name: 'object_key', type: 'text' }) objectKey: string;
  /** Of its data set. */
  @Column({ type: 'text' }) sha256: string;
  @Column({ type: 'text' }) association: string;
  @Column({ name: 'sop_instance_uid', type: 'text' }) sopInstanceUid: string;
  @Column({ type: 'text' }) reason: string;
  @Column({ name: 'quarantined_at', type: 'timestamptz' }) quarantinedAt: Date;
  @Column(positionColumn) position: number;
}

/** The line that an event makes. */
export const quarantineViewOf = (event: RecordedEvent): QuarantineView | undefined => {
  if (event.type !== 'instance.quarantined.v1') return undefined;
  const { object, sopInstanceUid, code, reason } = event.data as InstanceQuarantined['data'];
  return {
    objectKey: object.key,
    sha256: object.sha256,
    association: event.stream,
    sopInstanceUid,
    reason: `${code}: ${reason}`,
    quarantinedAt: new Date(event.recordedtime),
    position: event.position,
  };
};
