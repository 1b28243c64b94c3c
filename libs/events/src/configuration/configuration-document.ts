import { z } from 'zod';
import { AdditionalFact } from './additional-fact.js';
import { ApplicationEntity, UnknownCalledAeTitle } from './application-entity.js';
import { Completion } from './completion.js';
import { NotificationChannel } from './notification-channel.js';
import { ProcessingModule } from './processing-module.js';
import { Retention } from './retention.js';
import { Rule } from './rule.js';
import { Schedule } from './schedule.js';
import { Sender } from './sender.js';
import { Subscription } from './subscription.js';
import { Target } from './target.js';

/** Everything an operator decides, as one versioned document. */
export const ConfigurationDocument = z.strictObject({
  completion: Completion.prefault({}),
  /** Titles we are called by of which more is asked than the settings do; with none, they all are alike. */
  applicationEntities: z.array(ApplicationEntity).max(1000).default([]),
  unknownCalledAeTitle: UnknownCalledAeTitle.default('refuse'),
  /** Holds for objects that come from then on; what is read so counts as identity, since nobody vouches for it. */
  facts: z.strictObject({ additional: z.array(AdditionalFact).max(64).default([]) }).prefault({}),
  rules: z.array(Rule).default([]),
  targets: z.array(Target).default([]),
  /** Ways of processing, which rules name. */
  modules: z.array(ProcessingModule).max(1000).default([]),
  schedule: Schedule.prefault({}),
  /** How long objects are kept once nothing more is to be done with them. */
  retention: Retention.prefault({}),
  /** Ways of telling somebody, which rules name. */
  notificationChannels: z.array(NotificationChannel).max(256).default([]),
  /** Callers of which more is asked than their AE title; the others the settings take or refuse. */
  senders: z.array(Sender).default([]),
  /** Who is told of events as they are appended. */
  subscriptions: z.array(Subscription).max(64).default([]),
});
export type ConfigurationDocument = Readonly<z.infer<typeof ConfigurationDocument>>;
