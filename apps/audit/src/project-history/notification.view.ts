import type { NotificationState } from '@waystation/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { positionColumn } from './position-column.js';

/** One line about a notification. */
@Entity({ name: 'notification' })
export class NotificationView {
  @PrimaryColumn({ type: 'text' }) notification: string;
  @Column({ name: 'study_instance_uid', type: 'text' }) studyInstanceUid: string;
  /** Null where it is about the study. */
  @Column({ name: 'series_instance_uid', type: 'text', nullable: true }) seriesInstanceUid: string | null;
  @Column({ type: 'text' }) rule: string;
  @Column({ type: 'text' }) event: string;
  @Column({ type: 'text' }) channel: string;
  @Column({ type: 'text' }) status: string;
  @Column({ type: 'int' }) attempts: number;
  @Column({ type: 'text' }) details: string;
  /** Why the last attempt failed; null where none did. */
  @Column({ name: 'last_failure', type: 'text', nullable: true }) lastFailure: string | null;
  @Column(positionColumn) position: number;
}

/** The line that a state makes. */
export const notificationViewOf = (state: NotificationState, position: number): NotificationView | undefined =>
  state.status === 'unknown'
    ? undefined
    : {
        notification: state.request.notification,
        studyInstanceUid: state.request.studyInstanceUid,
        seriesInstanceUid: state.request.seriesInstanceUid ?? null,
        rule: state.request.rule,
        event: state.request.event,
        channel: state.request.channel,
        status: state.status,
        attempts: state.attempt,
        details: state.request.details,
        lastFailure: state.lastFailure === undefined ? null : `${state.lastFailure.code}: ${state.lastFailure.reason}`,
        position,
      };
