import type { World } from '../evaluation/world.js';
import { headerOf } from '../evaluation/header.js';
import { instancesOf } from '../evaluation/instances-of.js';
import type { RuleSubject } from '../rule-subject.js';

/** A subject with everything about it that is found out at most once. */
export class Asking {
  readonly world: World;

  constructor(
    readonly subject: RuleSubject,
    holds: (asking: Asking, rule: string) => boolean,
  ) {
    this.world = {
      header: headerOf(subject.facts),
      instances: instancesOf(subject.instances, subject.facts),
      holds: (rule) => holds(this, rule),
    };
  }
}
