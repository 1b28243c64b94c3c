import type { ConfigurationInForce } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';

/** `waystation module list` */
export const listModules = (): Command =>
  new Command('list')
    .description('lists the modules in force')
    .addHelpText('after', '\nExample:\n  waystation module list')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const { document } = await api.control<ConfigurationInForce>('GET', 'api/configuration');
      output.list(
        document.modules,
        {
          NAME: ({ name }) => name,
          KIND: ({ kind }) => kind,
          RUNS: (module) => (module.kind === 'app' ? (module.app ?? module.name) : module.image),
          CONCURRENCY: ({ concurrency }) => concurrency,
          'TIMEOUT S': ({ timeoutSeconds }) => timeoutSeconds,
          SETTINGS: ({ settings }) => JSON.stringify(settings),
        },
        'no modules yet; add one: waystation module add --help',
      );
    });
