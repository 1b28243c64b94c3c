import type { ConfigurationDocument, ProcessingModule } from '@waystation/events';
import { failureReportModule } from '../job/failure-report.js';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';

/**
 * Finds containers whose jobs an app would take, since a worker takes the jobs of what it is called, and modules that are called
 * like Waystation's own.
 */
export const checkModules = ({ modules }: ConfigurationDocument): readonly ConfigurationProblem[] => {
  const apps = new Set(modules.flatMap((module) => (module.kind === 'app' ? [module.app ?? module.name] : [])));
  return [...modules.filter(isOurs).map(({ name }) => errorAt(`modules.${name}`, taken)), ...mistaken(modules, apps)];
};

const taken = `'${failureReportModule}' is what Waystation calls a module of its own`;

const isOurs = (module: ProcessingModule): boolean =>
  module.name === failureReportModule || (module.kind === 'app' && module.app === failureReportModule);

const mistaken = (modules: readonly ProcessingModule[], apps: ReadonlySet<string>): readonly ConfigurationProblem[] =>
  modules
    .filter(({ kind, name }) => kind === 'container' && apps.has(name))
    .map(({ name }) =>
      errorAt(`modules.${name}`, `an app is called '${name}' too, and would take the jobs of this container`),
    );
