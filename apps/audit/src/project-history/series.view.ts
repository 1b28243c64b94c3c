import { countExpired, type SeriesState } from '@waystation/domain';
import type { Identity } from '@waystation/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { positionColumn } from './position-column.js';

/** One line about a series. */
@Entity({ name: 'series' })
export class SeriesView {
  @PrimaryColumn({ name: 'series_instance_uid', type: 'text' }) seriesInstanceUid: string;
  @Column({ name: 'study_instance_uid', type: 'text' }) studyInstanceUid: string;
  @Column({ type: 'text' }) status: string;
  @Column({ type: 'text' }) modality: string;
  @Column({ type: 'text' }) description: string;
  /** Calling AE title of the first association. */
  @Column({ type: 'text' }) sender: string;
  @Column({ type: 'int' }) instances: number;
  @Column({ type: 'int' }) duplicates: number;
  @Column({ type: 'int' }) conflicts: number;
  /** Objects that are not in the object store yet. */
  @Column({ type: 'int' }) spooled: number;
  /** Objects whose bytes are not kept any more. */
  @Column({ type: 'int' }) expired: number;
  /** Who wants its objects kept, and why; null where nobody does. */
  @Column({ type: 'text', nullable: true }) hold: string | null;
  @Column({ type: 'int' }) revision: number;
  /** What the rules last decided; null before. */
  @Column({ type: 'text', nullable: true }) outcome: string | null;
  /** Who the patient is; sealed, as in the log. */
  @Column({ type: 'json' }) identity: Identity;
  @Column({ name: 'opened_at', type: 'timestamptz' }) openedAt: Date;
  @Column({ name: 'last_received_at', type: 'timestamptz' }) lastReceivedAt: Date;
  /** Position of the last event of the series. */
  @Column(positionColumn) position: number;
}

/** The line that a state makes. */
export const seriesViewOf = (state: SeriesState, position: number): SeriesView | undefined =>
  state.status === 'unknown'
    ? undefined
    : {
        seriesInstanceUid: state.seriesInstanceUid,
        studyInstanceUid: state.studyInstanceUid,
        status: state.status,
        modality: state.header['Modality'] ?? '',
        description: state.header['SeriesDescription'] ?? '',
        sender: state.source.callingAeTitle,
        instances: state.instances.size,
        duplicates: state.duplicates,
        conflicts: state.conflicts.size,
        spooled: state.spooled,
        expired: countExpired(state),
        hold: state.hold === undefined ? null : `${state.hold.author}: ${state.hold.reason}`,
        revision: state.completions.at(-1)?.revision ?? 0,
        outcome: state.decisions.at(-1)?.outcome ?? null,
        identity: state.identity,
        openedAt: new Date(state.openedAt),
        lastReceivedAt: new Date(state.lastReceivedAt),
        position,
      };
