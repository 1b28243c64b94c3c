import { CodedError } from '@waystation/kernel';
import { settingsIn } from '../run-job.js';

/** What the command line says of a module. */
export interface ModuleOptions {
  readonly app?: string;
  readonly image?: string;
  readonly contract?: string;
  readonly settings?: string;
  readonly concurrency?: string;
  readonly timeout?: string;
  readonly attempts?: string;
  readonly output?: string;
  readonly pull?: string;
  readonly cpus?: string;
  readonly memory?: string;
  readonly gpus?: string;
  readonly network?: boolean;
  readonly persistence?: boolean;
  readonly comment?: string;
}

const numberIn = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/**
 * The module that is meant: a container where an image is named, otherwise an app. What is left out is as the configuration has it.
 * @throws CodedError `cli.no-json`, `cli.only-of-containers`
 */
export const moduleOf = (name: string, options: ModuleOptions): object => {
  const { app, image, settings, attempts, output, comment } = options;
  const common = {
    ...{ name, output, comment, concurrency: numberIn(options.concurrency), timeoutSeconds: numberIn(options.timeout) },
    ...(settings === undefined ? {} : { settings: settingsIn(settings) }),
    ...(attempts === undefined ? {} : { retry: { attempts: Number(attempts), firstDelaySeconds: 30 } }),
  };
  const { contract, pull, network, persistence } = options;
  const sizes = {
    cpus: numberIn(options.cpus),
    memoryMegabytes: numberIn(options.memory),
    gpus: options.gpus === 'all' ? options.gpus : numberIn(options.gpus),
  };
  const container = { contract, pull, network, persistence, ...sizes };
  // An app among them is refused by the configuration, which knows no such word of a container.
  if (image !== undefined) return { ...common, kind: 'container', app, image, ...container };
  const [word] = Object.entries(container).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  if (word === undefined) return { ...common, kind: 'app', app };
  throw new CodedError('cli.only-of-containers', `'${word}' can be said of a container only: name its --image`);
};
