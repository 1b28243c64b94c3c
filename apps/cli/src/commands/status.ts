import type { ConfigurationInForce, Lag } from '@waystation/answers';
import type { TimerQueue } from '@waystation/event-log';
import { Command } from 'commander';
import { contextOf } from '../context.js';

interface Status {
  readonly ready: { readonly status: string };
  readonly configuration: ConfigurationInForce;
  readonly queues: readonly TimerQueue[];
  readonly readModels: Lag;
}

/** `waystation status` */
export const statusCommand = (): Command =>
  new Command('status')
    .description('says whether Waystation works, what is in force and what waits')
    .addHelpText('after', '\nExample:\n  waystation status')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const [ready, configuration, queues, readModels] = await Promise.all([
        api.get<Status['ready']>('health/ready'),
        api.control<Status['configuration']>('GET', 'api/configuration'),
        api.get<Status['queues']>('api/queues'),
        api.get<Status['readModels']>('api/read-models'),
      ]);
      const { rules, targets, completion } = configuration.document;
      const waiting = queues.map(({ queue, waiting: count }) => `${queue} ${count}`).join(', ');
      output.answer({ ready, configuration, queues, readModels } satisfies Status, () => [
        `health         ${ready.status}`,
        `configuration  ${configuration.version}: ${rules.length} rules, ${targets.length} targets, quiet period ${completion.quietPeriodSeconds} s`,
        `waiting        ${waiting === '' ? 'nothing' : waiting}`,
        `read models    at position ${readModels.position}, ${readModels.behind} events (${readModels.behindSeconds} s) behind the log`,
      ]);
    });
