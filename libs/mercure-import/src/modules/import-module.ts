import { ContainerModule } from '@waystation/events';
import { commentOf } from '../parts/comment-of.js';
import type { Part } from '../parts/part.js';
import { problemsOf } from '../parts/problems-of.js';
import { textAt, truthAt } from '../parts/values.js';
import type { ContainerFields } from './container-fields.js';
import { importDockerArguments } from './docker-arguments.js';
import { importEnvironment } from './import-environment.js';
import { importPersistence } from './import-persistence.js';
import { importResources } from './import-resources.js';
import { importSettings } from './import-settings.js';
import { importVolumes } from './import-volumes.js';

/** What mercure says once for all of its modules. */
export interface ModuleContext {
  readonly isNomad: boolean;
  readonly supportsRoot: boolean;
  /** GPUs where its containers all run with the runtime of NVIDIA. */
  readonly fields: ContainerFields;
}

/** A module that was taken over. */
export interface ImportedModule {
  readonly module: ContainerModule;
  /** Whether it has all its settings: without one of them it may do something else than it did. */
  readonly isWhole: boolean;
}

/** Each of them is a text in mercure, in which JSON stands. */
const texts = ['additional_volumes', 'environment', 'docker_arguments'] as const;
/** mercure waits for a module as long as it takes, and does not try again; a module that hangs is stopped after a day. */
const LONGEST_SECONDS = 86_400;

/** A module; undefined with all of it told where it cannot be one here. */
export const importModule = (part: Part, name: string, context: ModuleContext): ImportedModule | undefined => {
  for (const text of texts) tellText(part.at(text));
  const image = textAt(part.at('docker_tag')).trim();
  if (image === '') return leftOut(part, 'the module is left out: it names no image, and fails in mercure too');
  if (!part.at('docker_arguments').at('entrypoint').isEmpty)
    return leftOut(
      part,
      'the module is left out: its image is to be started by another program than its own; build an image that starts so',
    );
  const { settings, isWhole } = importSettings(part.at('settings'), 'settings');
  const { data, error } = ContainerModule.safeParse({
    kind: 'container',
    ...{ name, image, settings },
    ...fieldsOf(part, context),
    ...importPersistence(part, name),
    root: importRoot(part.at('requires_root'), context),
    retry: { attempts: 1 },
    timeoutSeconds: LONGEST_SECONDS,
    ...commentOf(part, { comment: '', contact: 'contact: ' }),
  });
  if (error !== undefined) return leftOut(part, `Waystation takes no such module: ${problemsOf(error)}`);
  tellImage(part, data);
  return { module: data, isWhole };
};

const leftOut = (part: Part, reason: string): undefined => {
  part.droppedAfterAll(reason);
  return undefined;
};

const fieldsOf = (part: Part, { isNomad, fields }: ModuleContext) => {
  const [volumes, environment, docker] = [part.at(texts[0]), part.at(texts[1]), part.at(texts[2])];
  const network = part.at('network_enabled');
  const isOpen = truthAt(network, false);
  network.taken(`network is ${isOpen}`);
  const constraints = part.at('constraints');
  if (constraints.isEmpty) constraints.taken('there is nothing in it');
  else constraints.notTaken('only Nomad asks for it: run processing on the machines that are meant');
  return {
    network: isOpen,
    ...fields,
    ...importResources(part.at('resources'), isNomad),
    ...importDockerArguments(docker),
    binds: importVolumes(volumes),
    ...importEnvironment(environment),
  };
};

const tellText = (part: Part): void => {
  if (part.isEmpty) part.taken('there is nothing in it');
  else if (part.parts.length > 0) part.noted('it is told of item by item');
  else part.notTaken('it is no JSON object: mercure goes on without it, too');
};

const importRoot = (part: Part, { supportsRoot }: ModuleContext): boolean => {
  const root = truthAt(part, false);
  if (!root) part.taken('root is false');
  else
    part.changed(
      `root is true: ${supportsRoot ? '' : 'mercure itself refuses to run it; '}the setting containers.root has to allow it where processing runs`,
    );
  return root;
};

const tellImage = (part: Part, { image, cpus, memoryMegabytes, pids }: ContainerModule): void => {
  const limits = `it gets ${cpus} CPUs, ${memoryMegabytes} MB and ${pids} processes, may write to /tmp and its folders alone, and is stopped after a day, where mercure sets no limits`;
  const pull = image.includes('@sha256:')
    ? ''
    : '; it is pulled where it is missing, while mercure looked for a newer one every hour';
  part.at('docker_tag').changed(`image has it${pull}; ${limits}`);
};
