import type { ConfigurationDocument } from '@waystation/events';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';

/** Finds containers whose jobs an app would take: a worker takes the jobs of what it is called. */
export const checkModules = ({ modules }: ConfigurationDocument): readonly ConfigurationProblem[] => {
  const apps = new Set(modules.flatMap((module) => (module.kind === 'app' ? [module.app ?? module.name] : [])));
  return modules
    .filter(({ kind, name }) => kind === 'container' && apps.has(name))
    .map(({ name }) =>
      errorAt(`modules.${name}`, `an app is called '${name}' too, and would take the jobs of this container`),
    );
};
