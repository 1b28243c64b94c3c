import { syntheticInstance, type SyntheticInstance } from './synthetic-instance.js';
import type { SyntheticOptions } from './synthetic-options.js';
import { syntheticUid } from './synthetic-uid.js';

/** `count` objects of one series, numbered from 1 in Instance Number. */
export const syntheticSeries = (count: number, options: SyntheticOptions = {}): readonly SyntheticInstance[] => {
  const seed = options.seed ?? syntheticUid();
  return Array.from({ length: count }, (_, index) =>
    syntheticInstance({ ...options, seed, instanceNumber: index + 1 }),
  );
};
