/** A line of `waystation notifications`. */
export interface NotificationLine {
  readonly notification: string;
  readonly studyInstanceUid: string;
  /** Null where it is about the study. */
  readonly seriesInstanceUid: string | null;
  readonly rule: string;
  /** `received`, `completed` or `error`. */
  readonly event: string;
  readonly channel: string;
  /** `waiting`, `attempting`, `sent` or `abandoned`. */
  readonly status: string;
  readonly attempts: number;
  /** A sentence. */
  readonly details: string;
  /** Why the last attempt failed; null where none did. */
  readonly lastFailure: string | null;
  /** Position of the last event of the notification. */
  readonly position: number;
}
