import type { AppAnnounced, AppModule, ConfigurationDocument, ProcessingStep } from '@waystation/events';
import { errorAt, warningAt, type ConfigurationProblem } from './configuration-problem.js';
import { settingsCheckOf, type FindWrongSettings } from './settings-schema.js';

/** What apps said of themselves, by what they call themselves. */
export type AnnouncedApps = ReadonlyMap<string, AppAnnounced['data']>;

/** Apps that the modules of a document are. */
export const appsOf = ({ modules }: Pick<ConfigurationDocument, 'modules'>): readonly string[] => [
  ...new Set(modules.flatMap((module) => (module.kind === 'app' ? [appOf(module)] : []))),
];

/**
 * Finds settings of apps that the apps would not take, by what each said of itself when it started. What a module leaves to its
 * rules is looked for where a rule uses it. An app that never started is only told of: it may be started later.
 */
export const checkSettings = (
  document: Pick<ConfigurationDocument, 'modules' | 'rules'>,
  announced: AnnouncedApps,
): readonly ConfigurationProblem[] =>
  document.modules.flatMap((module) => {
    if (module.kind !== 'app') return [];
    const app = announced.get(appOf(module));
    if (app === undefined)
      return [
        warningAt(
          `modules.${module.name}`,
          `the app '${appOf(module)}' was not seen yet: its settings are not checked`,
        ),
      ];
    const find = settingsCheckOf(app);
    return find === undefined ? [] : [...ofModule(module, find), ...ofSteps(module, document, find)];
  });

const appOf = ({ app, name }: AppModule): string => app ?? name;

const ofModule = ({ name, settings }: AppModule, find: FindWrongSettings): readonly ConfigurationProblem[] =>
  find(settings).flatMap(({ key, path, message }) =>
    // What is not there may come with a rule.
    key === undefined || !Object.hasOwn(settings, key) ? [] : [problemAt(`modules.${name}`, path, message)],
  );

const ofSteps = (
  module: AppModule,
  { rules }: Pick<ConfigurationDocument, 'rules'>,
  find: FindWrongSettings,
): readonly ConfigurationProblem[] =>
  rules.flatMap((rule) =>
    stepsIn(rule.processing?.steps ?? [])
      .filter(({ step }) => step.module === module.name)
      .flatMap(({ path: place, step: { settings } }) =>
        find({ ...module.settings, ...settings }).flatMap(({ key, path, message }) => {
          const isTold = key !== undefined && !Object.hasOwn(settings, key) && Object.hasOwn(module.settings, key);
          return isTold ? [] : [problemAt(`rules.${rule.name}.processing.${place}`, path, message)];
        }),
      ),
  );

interface PlacedStep {
  /** `steps.0`. */
  readonly path: string;
  readonly step: Pick<ProcessingStep, 'module' | 'settings'>;
}

const stepsIn = (steps: readonly ProcessingStep[]): readonly PlacedStep[] =>
  steps.flatMap((step, index): readonly PlacedStep[] => [
    { path: `steps.${index}`, step },
    ...(step.outcomes ?? []).flatMap(({ steps: others = [] }, outcome) =>
      others.map((other, at) => ({ path: `steps.${index}.outcomes.${outcome}.steps.${at}`, step: other })),
    ),
  ]);

const problemAt = (place: string, path: readonly PropertyKey[], message: string): ConfigurationProblem =>
  errorAt([place, 'settings', ...path.map(String)].join('.'), message);
