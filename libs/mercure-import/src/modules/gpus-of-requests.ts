import type { ContainerModule } from '@waystation/events';
import type { Part } from '../parts/part.js';

const MOST = 64;

const listAt = (part: Part, ...keys: readonly string[]): readonly unknown[] => {
  const found = keys.map((key) => part.at(key).value).find((value) => Array.isArray(value));
  return Array.isArray(found) ? found : [];
};

/** How many GPUs `device_requests` of Docker ask for; undefined where they ask for something else. */
export const gpusOfRequests = (part: Part): ContainerModule['gpus'] | undefined => {
  const asks = part.parts.filter((each) => listAt(each, 'capabilities', 'Capabilities').flat().includes('gpu'));
  if (asks.length === 0 || asks.length !== part.parts.length) return undefined;
  const counts = asks.map((each) => {
    const count = each.at('count').value ?? each.at('Count').value;
    const named = listAt(each, 'device_ids', 'DeviceIDs').length;
    return typeof count === 'number' && count > 0 ? count : named;
  });
  if (counts.includes(0)) return 'all';
  return Math.min(Math.round(counts.reduce((sum, count) => sum + count, 0)), MOST);
};
