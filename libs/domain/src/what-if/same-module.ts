import type { ConfigurationDocument, PlannedStep, ProcessingModule } from '@waystation/events';
import { canonicalJson } from '../configuration/canonical-json.js';

type Modules = ConfigurationDocument['modules'];

/** What a module makes of its input does not hang on these. */
const aside: ReadonlySet<string> = new Set([
  ...['concurrency', 'timeoutSeconds', 'retry', 'comment'],
  ...['pull', 'registry', 'cpus', 'memoryMegabytes', 'pids', 'gpus'],
]);

/** Whether a step runs the same module with the same settings in two configurations, so that what was found would be found. */
export const isSameWork = (
  was: Pick<PlannedStep, 'module' | 'settings'>,
  before: Modules,
  would: Pick<PlannedStep, 'module' | 'settings'>,
  after: Modules,
): boolean =>
  was.module === would.module &&
  canonicalJson(was.settings) === canonicalJson(would.settings) &&
  essenceOf(before, was.module) === essenceOf(after, would.module);

const essenceOf = (modules: Modules, name: string): string => {
  const module: ProcessingModule | undefined = modules.find((each) => each.name === name);
  return canonicalJson(Object.fromEntries(Object.entries(module ?? {}).filter(([key]) => !aside.has(key))));
};
