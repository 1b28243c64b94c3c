import { fitNames } from '../parts/fit-names.js';
import { namedParts } from '../parts/named-parts.js';
import { noteName } from '../parts/note-name.js';
import type { Part } from '../parts/part.js';
import { textAt, truthAt, wordAt } from '../parts/values.js';
import { importModule, type ImportedModule, type ModuleContext } from './import-module.js';

/** The modules that were taken over, by their names in mercure. */
export const importModules = (whole: Part): ReadonlyMap<string, ImportedModule> => {
  const context = importModuleContext(whole);
  const parts = namedParts(whole.at('modules'), 'module');
  const names = fitNames(
    parts.map(({ name }) => name),
    'module',
  );
  return new Map(
    parts.flatMap((part) => {
      const name = names.get(part.name) ?? 'module';
      const imported = importModule(part, name, context);
      if (imported !== undefined) noteName(part, name);
      return imported === undefined ? [] : [[part.name, imported] as const];
    }),
  );
};

const importModuleContext = (whole: Part): ModuleContext => {
  const [runner, root, runtime] = [
    whole.at('process_runner'),
    whole.at('support_root_modules'),
    whole.at('processing_runtime'),
  ];
  const isNomad = wordAt(runner, ['docker', 'nomad', ''], '') === 'nomad';
  if (isNomad) runner.changed('modules run on the container engine that the setting containers.engine names');
  else runner.taken('modules run on the container engine that the setting containers.engine names');
  const supportsRoot = truthAt(root, false);
  if (supportsRoot)
    root.changed(
      'the setting containers.root has to be "allow" where processing runs: it is no part of a configuration',
    );
  else root.taken('the setting containers.root is "refuse" unless you change it');
  const isNvidia = textAt(runtime) === 'nvidia';
  if (runtime.isEmpty) runtime.taken('there is nothing in it');
  else if (isNvidia) runtime.changed('gpus of every module is "all"');
  else runtime.notTaken('Waystation names no runtime: the engine has one of its own');
  return { isNomad, supportsRoot, fields: isNvidia ? { gpus: 'all' } : {} };
};
