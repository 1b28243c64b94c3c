import { idOf, type RecordedEvent } from '@waystation/events';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { placedIdentityIn } from './placed-identity-in.js';
import { positionColumn } from './position-column.js';

/** A series whose patient is sealed with a key. */
@Entity({ name: 'sealed_series' })
export class SealedSeriesView {
  @PrimaryColumn({ type: 'uuid' }) key: string;
  @PrimaryColumn({ name: 'series_instance_uid', type: 'text' }) seriesInstanceUid: string;
  /** Of the first event that was sealed so. */
  @Column(positionColumn) position: number;
}

/** The line that an event makes, unless there is one already. */
export const sealedSeriesOf = (event: RecordedEvent): SealedSeriesView | undefined => {
  const placed = placedIdentityIn(event);
  return placed && { key: placed.sealed.key, seriesInstanceUid: idOf(event.stream), position: event.position };
};
