import type { JobSucceeded } from '@waystation/events';
import type { JsonObject } from '../module/json.js';

/** What a module says of its own work in `status` at the top of its result; undefined for a success, or any other word. */
export const statusOf = (result: JsonObject | undefined): JobSucceeded['data']['status'] => {
  const said = result?.['status'];
  return said === 'partial' || said === 'failed' ? said : undefined;
};
