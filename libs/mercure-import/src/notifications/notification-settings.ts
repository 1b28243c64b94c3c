import { isAbsolutePath } from '../parts/is-absolute-path.js';
import type { Part } from '../parts/part.js';
import { textAt, truthAt } from '../parts/values.js';

/** What mercure says once for all of its notifications. */
export interface NotificationSettings {
  /** Whether they may name the patient. */
  readonly identity: boolean;
  /** Whom e-mails are from. */
  readonly from: string;
  /** PEM with further authorities that certificates of webhooks may lead to. */
  readonly caFile: string | undefined;
}

/** Reads what holds for all notifications. */
export const importNotificationSettings = (whole: Part): NotificationSettings => {
  const [identity, from, certificates] = [
    whole.at('phi_notifications'),
    whole.at('email_notification_from'),
    whole.at('webhook_certificate_location'),
  ];
  const settings = { identity: truthAt(identity, false), from: textAt(from, 'mercure@mercure.mercure') };
  identity.taken(`identity of every channel is ${settings.identity}`);
  from.taken('from of every e-mail channel has it');
  const file = textAt(certificates);
  const caFile = isAbsolutePath(file) ? file : undefined;
  if (caFile !== undefined)
    certificates.changed(
      'caFile of every webhook channel has it: their certificates have to lead to one of these authorities, where mercure took the public ones as well',
    );
  else if (certificates.isEmpty) certificates.taken('there is nothing in it');
  else certificates.notTaken('the path of a file has to be absolute');
  return { ...settings, caFile };
};
