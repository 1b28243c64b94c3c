import { randomBytes } from 'node:crypto';
import { ProjectHistory } from '../../../apps/audit/dist/project-history/project-history.js';
import { openReadModels } from '../../../apps/audit/dist/project-history/read-models.js';
import { Rebuild } from '../../../apps/audit/dist/rebuild/rebuild.js';
import { openIdentities } from '../../../libs/identity/dist/index.js';

const key = { text: randomBytes(32).toString('base64') };
const logger = { warn: (text) => process.stderr.write(`${text}\n`) };

/** All read models from the beginning of the log, compared with those in force, and switched to. */
export async function rebuild(log, url, events) {
  const views = await openReadModels(url);
  try {
    const identities = await openIdentities({
      database: log,
      settings: { key, previousKey: undefined },
      onKeyMade: () => {},
    });
    const project = new ProjectHistory(log, views, identities);
    await project.through((await log.head()).position);
    const startedAt = performance.now();
    const { equal } = await new Rebuild(log, views, project, identities, url, logger).run();
    const seconds = (performance.now() - startedAt) / 1000;
    if (!equal) throw new Error('what was rebuilt is not what was in force');
    return { count: events, seconds };
  } finally {
    await views.destroy();
  }
}
