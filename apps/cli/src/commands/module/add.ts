import type { PublishedConfiguration } from '@waystation/answers';
import { Command, Option } from 'commander';
import { contextOf } from '../../context.js';
import { problemLines } from '../../output/problem-lines.js';
import { authorship, editPath, type Authorship } from '../authorship.js';
import { moduleOf, type ModuleOptions } from './module-of.js';

/** The command as far as its options go. */
const addCommand = (): Command =>
  authorship(new Command('add'))
    .description('adds a module, or replaces the one of that name')
    .argument('<name>', 'what rules call it; of an app also what it calls itself, unless --app says that')
    .option('--image <image>', 'a container: its image, best by digest; without it the module is an app')
    .option('--app <name>', 'app: what it calls itself')
    .option('--settings <json>', 'given to it; those of a rule take precedence, key by key')
    .option('--concurrency <n>', 'jobs at the same time, over all workers (default 1)')
    .option('--timeout <seconds>', 'a job that takes longer is stopped (default 3600)')
    .option('--attempts <n>', 'attempts before a job is given up (default 3)')
    .addOption(
      new Option('--output <what>', 'whether a job fails that makes nothing at all').choices(['required', 'optional']),
    )
    .addOption(new Option('--contract <name>', 'container: what it was written for').choices(['mercure', 'monai']))
    .addOption(
      new Option('--pull <when>', 'container: when its image is pulled').choices(['if-missing', 'always', 'never']),
    )
    .option('--cpus <n>', 'container: most that it may use (default 2)')
    .option('--memory <megabytes>', 'container: most that it may use (default 4096)')
    .option('--gpus <n>', 'container: so many, or all')
    .option('--network', 'container: it may use the network')
    .option('--persistence', 'container: a folder is kept from one job to the next')
    .option('--comment <text>', 'for people');

/** `waystation module add NAME` */
export const addModule = (): Command =>
  addCommand()
    .addHelpText(
      'after',
      `
Examples:
  waystation module add brightness --settings '{"limit": 50000}'
  waystation module add lung --image registry.example/lung@sha256:9f0e1a… --memory 8192 --gpus 1
  waystation rule add "chest CT" --when "@Modality@ == 'CT'" --process lung --to pacs

What has no option, such as secrets and folders of the machine: waystation config publish --help`,
    )
    .action(async (name: string, options: ModuleOptions & Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = editPath(`modules/${encodeURIComponent(name)}`, options);
      const { version, warnings } = await api.control<PublishedConfiguration>('PUT', path, moduleOf(name, options));
      const about = warnings.filter(({ path: place }) => `${place}.`.startsWith(`modules.${name}.`));
      output.answer({ version, module: name, warnings: about }, () => [
        ...problemLines(about),
        `module '${name}' is in force (configuration ${version})`,
      ]);
    });
