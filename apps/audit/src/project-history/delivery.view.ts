import type { DeliveryState } from '@waystation/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { positionColumn } from './position-column.js';

/** One line about a delivery. */
@Entity({ name: 'delivery' })
export class DeliveryView {
  @PrimaryColumn({ type: 'text' }) delivery: string;
  @Column({ name: 'series_instance_uid', type: 'text' }) seriesInstanceUid: string;
  @Column({ type: 'text' }) target: string;
  @Column({ type: 'text' }) status: string;
  @Column({ type: 'int' }) revision: number;
  @Column({ type: 'int' }) attempts: number;
  @Column({ type: 'int' }) instances: number;
  @Column({ type: 'int' }) delivered: number;
  /** Why the last attempt failed; null where none did. */
  @Column({ name: 'last_failure', type: 'text', nullable: true }) lastFailure: string | null;
  @Column(positionColumn) position: number;
}

/** The line that a state makes. */
export const deliveryViewOf = (state: DeliveryState, position: number): DeliveryView | undefined =>
  state.status === 'unknown'
    ? undefined
    : {
        delivery: state.request.delivery,
        seriesInstanceUid: state.request.seriesInstanceUid,
        target: state.request.target,
        status: state.status,
        revision: state.request.revision,
        attempts: state.attempt,
        instances: state.request.instances.count,
        delivered: state.receipts.size,
        lastFailure: state.lastFailure === undefined ? null : `${state.lastFailure.code}: ${state.lastFailure.reason}`,
        position,
      };
