import type { QuarantineState } from '@waystation/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { positionColumn } from './position-column.js';

/** What was asked for last for an object in quarantine, and what became of it. */
@Entity({ name: 'reinjection' })
export class ReinjectionView {
  @PrimaryColumn({ type: 'text' }) sha256: string;
  @Column({ type: 'text' }) status: Exclude<QuarantineState['status'], 'kept-aside'>;
  @Column({ type: 'text' }) author: string;
  /** Where it was taken in; null where it was not. */
  @Column({ name: 'series_instance_uid', type: 'text', nullable: true }) seriesInstanceUid: string | null;
  /** Why it was refused again; null where it was not. */
  @Column({ type: 'text', nullable: true }) refusal: string | null;
  @Column(positionColumn) position: number;
}

/** The line that a state makes. */
export const reinjectionViewOf = (state: QuarantineState, position: number): ReinjectionView | undefined =>
  state.status === 'kept-aside'
    ? undefined
    : {
        sha256: state.request.object.sha256,
        status: state.status,
        author: state.request.author,
        seriesInstanceUid: state.status === 'reinjected' ? state.instance.seriesInstanceUid : null,
        refusal: state.status === 'refused-again' ? `${state.refusal.code}: ${state.refusal.reason}` : null,
        position,
      };
