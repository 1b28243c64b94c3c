import { atRest } from './at-rest.mjs';
import { decisions } from './decisions.mjs';
import { deliveries } from './deliveries.mjs';
import { wasKept } from './evidence.mjs';
import { held } from './held.mjs';
import { jobs } from './jobs.mjs';
import { objectsKept } from './objects-kept.mjs';
import { readLog } from './read-log.mjs';
import { readObjects } from './read-objects.mjs';
import { Told } from './tell.mjs';
import { wholeLog } from './whole-log.mjs';

/** More deliveries than a run makes, and as many as are told at once. */
const MANY = '999';

/**
 * Compares what senders were told, what targets got, what the object store holds and what the log says. Nothing that it
 * uses is made by the code under test, except for what `cli` answers.
 * @param {import('./evidence.mjs').Evidence} evidence
 * @returns {Promise<import('./evidence.mjs').Findings>}
 */
export const check = async (evidence) => findings(await look(evidence));

/** All that findings rest on, read once. @param {import('./evidence.mjs').Evidence} evidence */
export async function look(evidence) {
  const { cli } = evidence;
  const [verify, rebuild] = [await cli('verify', '--json'), await cli('rebuild', '--json')];
  const shown = await cli('deliveries', '--limit', MANY, '--json');
  const log = await readLog(evidence.database);
  const objects = await readObjects(evidence.objects, log.events);
  return { evidence, log, objects, verify, rebuild, shown };
}

/** What is not as it was promised. @returns {import('./evidence.mjs').Findings} */
export function findings({ evidence, log, objects, verify, rebuild, shown }) {
  const told = new Told(log.events);
  const differences = [
    ...objectsKept(evidence, told, objects),
    ...decisions(evidence, told),
    ...jobs(evidence, told),
    ...deliveries(evidence, told, statusOf(shown)),
    ...wholeLog(log, { verify, rebuild }),
    ...atRest(evidence, log, told),
    ...held(evidence),
  ];
  return { differences, figures: figuresOf(evidence, told, objects) };
}

/** What operators see of each delivery; nothing where the command failed. */
const statusOf = ({ code, stdout }) =>
  new Map(code === 0 ? JSON.parse(stdout).map(({ delivery, status }) => [delivery, status]) : []);

function figuresOf({ sent, came }, told, objects) {
  const all = told.deliveries();
  const kept = came.filter(({ status }) => wasKept(status));
  const once = new Set(kept.map(({ target, sopInstanceUid }) => `${target} ${sopInstanceUid}`));
  const ends = ['released', 'aborted', 'lost'].reduce((sum, end) => sum + told.of(`association.${end}`).length, 0);
  return {
    sent: sent.length,
    acknowledged: sent.filter(({ answer }) => wasKept(answer)).length,
    events: told.events.length,
    objects: objects.listed.size,
    unclaimed: objects.unnamed.length,
    deliveries: all.length,
    abandoned: all.filter(({ ended }) => ended === 'abandoned').length,
    repeated: kept.length - once.size,
    jobs: told.ids('job').length,
    withoutEnd: told.of('association.accepted').length - ends,
  };
}
