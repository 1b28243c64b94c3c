import type { ConfigurationChange } from '@waystation/events';

/** More of them are counted only. */
const TOLD = 5;

/** Where a configuration differs from the one before, in a few words. */
export const tellChanges = (changes: readonly ConfigurationChange[]): string => {
  const told = changes.slice(0, TOLD).map(({ path, kind }) => `${path} ${kind}`);
  const more = changes.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ');
};
