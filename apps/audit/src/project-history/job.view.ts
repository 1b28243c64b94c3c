import type { JobState } from '@waystation/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { positionColumn } from './position-column.js';

/** One line about a job. */
@Entity({ name: 'job' })
export class JobView {
  @PrimaryColumn({ type: 'text' }) job: string;
  @Column({ name: 'study_instance_uid', type: 'text' }) studyInstanceUid: string;
  /** Null where it is about the study. */
  @Column({ name: 'series_instance_uid', type: 'text', nullable: true }) seriesInstanceUid: string | null;
  @Column({ type: 'text' }) module: string;
  /** Null where somebody asked for it without a rule. */
  @Column({ type: 'text', nullable: true }) rule: string | null;
  @Column({ type: 'int' }) step: number;
  @Column({ type: 'text' }) status: string;
  @Column({ type: 'text' }) priority: string;
  /** When the hours begin that it is held for; null where it is not held. */
  @Column({ name: 'held_until', type: 'timestamptz', nullable: true }) heldUntil: Date | null;
  @Column({ type: 'int' }) revision: number;
  @Column({ type: 'int' }) attempts: number;
  /** Who makes or made the last attempt; null where there was none. */
  @Column({ type: 'text', nullable: true }) worker: string | null;
  /** Between 0 and 1; null where nothing runs, or does not say. */
  @Column({ type: 'real', nullable: true }) progress: number | null;
  /** How many objects the last attempt that succeeded made. */
  @Column({ type: 'int' }) outputs: number;
  /** What was decided to follow from it; null until then. */
  @Column({ type: 'text', nullable: true }) follows: string | null;
  /** Why the last attempt that failed did; null where none did. */
  @Column({ name: 'last_failure', type: 'text', nullable: true }) lastFailure: string | null;
  @Column(positionColumn) position: number;
}

/** The line that a state makes. */
export const jobViewOf = (state: JobState, position: number): JobView | undefined =>
  state.status === 'unknown'
    ? undefined
    : {
        job: state.request.job,
        studyInstanceUid: state.request.studyInstanceUid,
        seriesInstanceUid: state.request.seriesInstanceUid ?? null,
        module: state.request.module,
        rule: state.request.rule ?? null,
        step: state.request.step,
        status: state.hold === undefined ? state.status : 'held',
        priority: state.request.priority ?? 'normal',
        heldUntil: state.hold === undefined ? null : new Date(state.hold.until),
        revision: state.request.revision,
        attempts: state.attempt,
        worker: state.started?.worker ?? null,
        progress: state.status === 'running' ? (state.progress?.fraction ?? null) : null,
        outputs: state.successes.at(-1)?.outputs.instances ?? 0,
        follows: state.routed.at(-1)?.outcome ?? null,
        lastFailure: state.lastFailure === undefined ? null : `${state.lastFailure.code}: ${state.lastFailure.reason}`,
        position,
      };
