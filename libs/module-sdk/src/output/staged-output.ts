import type { JobFile, RoutingDirective } from '@waystation/events';
import type { JsonObject } from '../module/json.js';
import type { NotificationWish } from '../module/processing-output.js';
import type { ReadOutput } from './read-output.js';

/** An object of the output: durable, and part of nothing yet. */
export interface StagedInstance extends ReadOutput {
  readonly key: string;
  /** Bytes of the Part 10 file. */
  readonly size: number;
  readonly from: readonly string[] | undefined;
}

/** All that an attempt made: durable, and part of nothing yet. */
export interface StagedOutput {
  readonly instances: readonly StagedInstance[];
  readonly files: readonly JobFile[];
  readonly result: JsonObject | undefined;
  readonly routing: RoutingDirective | undefined;
  readonly notification: NotificationWish | undefined;
}
