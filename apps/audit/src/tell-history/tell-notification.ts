import type {
  NotificationAttempted,
  NotificationFailed,
  NotificationRequested,
  NotificationSent,
} from '@waystation/events';

const moments: Readonly<Record<NotificationRequested['data']['event'], string>> = {
  received: 'matched',
  completed: 'is complete',
  error: 'failed',
};

/** Whom a rule tells of what. */
export const tellNotification = ({ rule, channel, event, details, words }: NotificationRequested['data']): string =>
  `'${channel}' to be told that rule '${rule}' ${moments[event]}: ${details}${words === undefined ? '' : ', with the words of its modules'}`;

export const tellNotifying = ({
  attempt,
  channel,
  worker,
  identity,
  mayRepeat,
  takenOverFrom,
}: NotificationAttempted['data']): string =>
  `attempt ${attempt} to tell '${channel}' by ${worker}` +
  (identity ? '; may name the patient' : '') +
  (takenOverFrom === undefined ? '' : `; ${takenOverFrom} vanished in the middle of the attempt before`) +
  (mayRepeat ? '; may have been told already' : '');

export const tellReceipt = ({ attempt, receipt, durationMs }: NotificationSent['data']): string =>
  `told at attempt ${attempt}, in ${durationMs} ms: ${receipt}`;

export const tellSilence = ({ attempt, code, reason, by, uncertain }: NotificationFailed['data']): string =>
  `attempt ${attempt} ${by === 'waystation' ? 'broken off' : 'failed'}${uncertain ? ' (may have arrived all the same)' : ''}: ${code}, ${reason}`;
