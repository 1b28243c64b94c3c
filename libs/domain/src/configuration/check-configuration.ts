import type { ConfigurationDocument } from '@waystation/events';
import { checkAsked } from './check-asked.js';
import { checkCalledTitles } from './check-called-titles.js';
import { checkCompletion } from './check-completion.js';
import { checkConditions } from './check-conditions.js';
import { checkHeaders } from './check-headers.js';
import { checkListedSeries } from './check-listed-series.js';
import { checkModules } from './check-modules.js';
import { checkNames } from './check-names.js';
import { checkRetention } from './check-retention.js';
import { checkRule } from './check-rule.js';
import { checkSecrets } from './check-secrets.js';
import { checkSenders } from './check-senders.js';
import { checkTemplates } from './check-templates.js';
import type { ConfigurationProblem } from './configuration-problem.js';

/**
 * Everything that would make a configuration fail later, and what is hardly meant, found before it is published.
 * @param knownTags names that conditions may use
 */
export const checkConfiguration = (
  document: ConfigurationDocument,
  knownTags: readonly string[],
): readonly ConfigurationProblem[] => [
  ...checkNames(document),
  ...checkCompletion(document, knownTags),
  ...document.rules.flatMap((rule) => checkRule(rule, document)),
  ...checkModules(document),
  ...checkConditions(document, knownTags),
  ...checkListedSeries(document),
  ...checkCalledTitles(document),
  ...checkAsked(document),
  ...checkSecrets(document),
  ...checkSenders(document),
  ...checkHeaders(document),
  ...checkTemplates(document),
  ...checkRetention(document),
];
