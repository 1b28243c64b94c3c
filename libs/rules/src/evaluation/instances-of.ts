import type { Facts } from '@waystation/events';

/** What each instance of a series says of itself, perhaps only made once it is asked for. */
export type Instances = Iterable<Facts> | (() => Iterable<Facts>);

/** The instances, gone through once and at the first time they are asked for; the header alone where none are given. */
export const instancesOf = (instances: Instances | undefined, header: Facts): (() => readonly Facts[]) => {
  let all: readonly Facts[] | undefined;
  return () =>
    (all ??= instances === undefined ? [header] : [...(typeof instances === 'function' ? instances() : instances)]);
};
