import type { DeliveryState, KnownDelivery } from '@waystation/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { positionColumn } from './position-column.js';

/** One line about a delivery. */
@Entity({ name: 'delivery' })
export class DeliveryView {
  @PrimaryColumn({ type: 'text' }) delivery: string;
  @Column({ name: 'series_instance_uid', type: 'text' }) seriesInstanceUid: string;
  @Column({ type: 'text' }) target: string;
  @Column({ type: 'text' }) status: string;
  @Column({ type: 'text' }) priority: string;
  /** Why it is held; null where it is not. */
  @Column({ type: 'text', nullable: true }) hold: string | null;
  @Column({ name: 'held_until', type: 'timestamptz', nullable: true }) heldUntil: Date | null;
  /** The delivery that it is held for, or what the operator who holds it said. */
  @Column({ name: 'held_for', type: 'text', nullable: true }) heldFor: string | null;
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
        priority: state.request.priority ?? 'normal',
        ...holdOf(state),
        revision: state.request.revision,
        attempts: state.attempt,
        instances: state.request.instances.count,
        delivered: state.receipts.size,
        lastFailure: state.lastFailure === undefined ? null : `${state.lastFailure.code}: ${state.lastFailure.reason}`,
        position,
      };

const holdOf = ({ hold }: KnownDelivery): Pick<DeliveryView, 'hold' | 'heldUntil' | 'heldFor'> => ({
  hold: hold?.reason ?? null,
  heldUntil: hold?.reason === 'off-peak' ? new Date(hold.until) : null,
  heldFor: hold?.reason === 'after' ? hold.after : hold?.reason === 'operator' ? hold.note : null,
});
