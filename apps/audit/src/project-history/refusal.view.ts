import type { AssociationRejected, InstanceRefused, OperationRefused, RecordedEvent } from '@waystation/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { positionColumn } from './position-column.js';

/** What a peer was refused: an association, an operation or an object. */
@Entity({ name: 'refusal' })
export class RefusalView {
  @PrimaryColumn(positionColumn) position: number;
  @Column({ type: 'text' }) what: 'association' | 'operation' | 'object';
  @Column({ type: 'text' }) association: string;
  /** As the peer calls itself, which may be nothing. */
  @Column({ name: 'calling_ae_title', type: 'text' }) callingAeTitle: string;
  @Column({ type: 'text' }) address: string;
  /** The called AE title, the operation, or the SOP Instance UID. */
  @Column({ type: 'text' }) subject: string;
  @Column({ type: 'text' }) reason: string;
  @Column({ name: 'refused_at', type: 'timestamptz' }) refusedAt: Date;
}

/** The line that an event makes. */
export const refusalViewOf = (event: RecordedEvent): RefusalView | undefined => {
  const refused = refusedBy(event);
  if (refused === undefined) return undefined;
  const { position, stream, recordedtime, metadata } = event;
  const { name = '', address = '' } = metadata.actor ?? {};
  return {
    position,
    association: stream,
    callingAeTitle: name,
    address,
    refusedAt: new Date(recordedtime),
    ...refused,
  };
};

const refusedBy = ({ type, data }: RecordedEvent): Pick<RefusalView, 'what' | 'subject' | 'reason'> | undefined => {
  switch (type) {
    case 'association.rejected.v1': {
      const { calledAeTitle, reason } = data as AssociationRejected['data'];
      return { what: 'association', subject: calledAeTitle, reason };
    }
    case 'operation.refused.v1': {
      const { operation, status, commandField } = data as OperationRefused['data'];
      const reason = `status ${hexadecimal(status)}: command ${hexadecimal(commandField)} is not served here`;
      return { what: 'operation', subject: operation, reason };
    }
    case 'instance.refused.v1': {
      const { sopInstanceUid, code, reason } = data as InstanceRefused['data'];
      return { what: 'object', subject: sopInstanceUid, reason: `${code}: ${reason}` };
    }
    default:
      return undefined;
  }
};

const hexadecimal = (number: number): string => `0x${number.toString(16).padStart(4, '0')}`;
