import { streamName } from '@waystation/events';
import { unreachable, type Instant } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import { addSeries, collectSeries } from './collect-series.js';
import { askStudy, completeStudy, discardStudy } from './complete-study.js';
import { evolveStudy } from './evolve-study.js';
import { routeStudy } from './route-study.js';
import type { StudyCommand } from './study-command.js';
import type { StudyEvent } from './study-event.js';
import { unknownStudy, waitingCollections, type StudyState } from './study-state.js';

/** Queue of the timers that ask whether a study is complete for the rules that wait for it. */
export const studyWaitsQueue = 'study-waits';

/**
 * Has a study looked at at once. How long a rule waits stands in the configuration, not in the stream: whoever looks knows
 * when to look again, and another configuration has it looked at sooner.
 */
export const lookAtStudy = { queue: studyWaitsQueue, afterMs: 0, waitsFor: streamName.configuration } as const;

/** The life of a study: which series it has, what rules collect of it, when that is complete and where it goes. */
export const studyDecider: Decider<StudyState, StudyCommand, StudyEvent> = {
  initial: unknownStudy,
  decide: (state, command) => {
    switch (command.kind) {
      case 'add-series':
        return addSeries(state, command);
      case 'collect-series':
        return collectSeries(state, command);
      case 'ask-study':
        return askStudy(state, command);
      case 'complete-study':
        return completeStudy(state, command);
      case 'discard-study':
        return discardStudy(state, command);
      case 'route-study':
        return routeStudy(state, command);
      default:
        return unreachable(command);
    }
  },
  evolve: evolveStudy,
  due: (state) => {
    const since = waitingCollections(state).reduce<Instant>(
      (latest, { lastMatchedAt }) => (lastMatchedAt > latest ? lastMatchedAt : latest),
      '',
    );
    return since === '' ? undefined : { ...lookAtStudy, since };
  },
};
