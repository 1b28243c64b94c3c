import type { StudyCollection, StudyState } from '@waystation/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { positionColumn } from './position-column.js';

/** One line about what a rule has collected of a study. */
@Entity({ name: 'study' })
export class StudyView {
  @PrimaryColumn({ name: 'study_instance_uid', type: 'text' }) studyInstanceUid: string;
  @PrimaryColumn({ type: 'text' }) rule: string;
  /** `waiting`; else `discarded` where something was set aside; else `complete`. */
  @Column({ type: 'text' }) status: string;
  /** Series of which something waits. */
  @Column({ type: 'int' }) waiting: number;
  /** Series of which something was set aside. */
  @Column({ type: 'int' }) discarded: number;
  /** How often the study was complete for the rule. */
  @Column({ type: 'int' }) revision: number;
  /** When the first of what waits matched; null where nothing does. */
  @Column({ name: 'waiting_since', type: 'timestamptz', nullable: true }) waitingSince: Date | null;
  @Column({ name: 'last_matched_at', type: 'timestamptz' }) lastMatchedAt: Date;
  /** Position of the last event of the study. */
  @Column(positionColumn) position: number;
}

/** The lines that a state makes, one for each rule. */
export const studyViewsOf = ({ studyInstanceUid, collections }: StudyState, position: number): readonly StudyView[] =>
  collections.map((collection) => {
    const { rule, waiting, discarded, completions, waitingSince, lastMatchedAt } = collection;
    return {
      studyInstanceUid,
      rule,
      status: statusOf(collection),
      waiting: seriesIn(waiting),
      discarded: seriesIn(discarded),
      revision: completions.at(-1)?.revision ?? 0,
      waitingSince: waiting.length === 0 ? null : new Date(waitingSince),
      lastMatchedAt: new Date(lastMatchedAt),
      position,
    };
  });

const statusOf = ({ waiting, discarded }: StudyCollection): string => {
  if (waiting.length > 0) return 'waiting';
  return discarded.length > 0 ? 'discarded' : 'complete';
};

const seriesIn = (collected: StudyCollection['waiting']): number =>
  new Set(collected.map(({ seriesInstanceUid }) => seriesInstanceUid)).size;
