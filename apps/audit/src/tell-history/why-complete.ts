import type { SeriesCompleted } from '@waystation/events';

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(3))} s`;

/** Why a series counts as complete, in a few words. */
export const whyComplete = ({ trigger, because = {}, quietPeriodMs }: SeriesCompleted['data']): string => {
  const { rules = [], applicationEntity, afterReleaseMs = 0, expectedCount = 0, reason = '' } = because;
  if (trigger === 'expected-count') return `as many are there as one of them said: ${expectedCount}`;
  if (trigger === 'association-released')
    return `all who sent any released their associations, and nothing came for ${seconds(afterReleaseMs)}`;
  if (trigger === 'manual') return `somebody said so${reason === '' ? '' : `: ${reason}`}`;
  const asked = rules.map((rule) => `'${rule}'`).join(' and ') || applicationEntity;
  return `nothing came for ${seconds(quietPeriodMs)}${asked === undefined ? '' : `, as ${asked} ask${rules.length > 1 ? '' : 's'}`}`;
};
