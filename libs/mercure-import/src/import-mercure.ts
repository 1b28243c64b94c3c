import { checkConfiguration, knownTagsOf } from '@waystation/domain';
import { ConfigurationDocument } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { importModules } from './modules/import-modules.js';
import { openTexts } from './modules/open-texts.js';
import { Channels } from './notifications/channels.js';
import { importNotificationSettings } from './notifications/notification-settings.js';
import type { ImportItem } from './parts/import-item.js';
import { Part } from './parts/part.js';
import { readMercureJson } from './read-mercure-json.js';
import { guardFallback } from './rules/guard-fallback.js';
import { importRules, type ImportedRule } from './rules/import-rules.js';
import { importStudyTimes } from './rules/import-study-times.js';
import { importAdditionalTags } from './settings/import-additional-tags.js';
import { importCompletion } from './settings/import-completion.js';
import { importOffPeak } from './settings/import-off-peak.js';
import { settingsNotTaken } from './settings/settings-not-taken.js';
import { importTargets } from './targets/import-targets.js';

/** What mercure.json does not say, and the import needs. */
export interface MercureImportOptions {
  /** Time zone of mercure's server, by its name in the IANA database: off-peak hours are told in its time. */
  readonly timeZone: string;
  /** The `gggg,eeee` of a keyword of PS3.6; undefined where there is no such keyword. */
  readonly elementOf: (keyword: string) => string | undefined;
}

/** A configuration made from one of mercure. */
export interface MercureImport {
  /** In order: Waystation would publish it. */
  readonly document: ConfigurationDocument;
  /** What became of every value of mercure.json, in its order; where something has another name now, also that. */
  readonly items: readonly ImportItem[];
}

/** Keys that say that a file is a configuration of mercure. */
const ownKeys = ['targets', 'rules', 'modules', 'appliance_name', 'series_complete_trigger', 'incoming_folder'];

/**
 * Makes a configuration of a `mercure.json`. What it leaves out has mercure's own defaults. Secrets do not get into the
 * document nor into the items.
 * @throws CodedError `mercure-import.not-json`, or `mercure-import.not-mercure` for another JSON object
 */
export const importMercure = (text: string, { timeZone, elementOf }: MercureImportOptions): MercureImport => {
  const value = readMercureJson(text);
  const keys = Object.keys(value);
  if (!keys.some((key) => ownKeys.includes(key)))
    throw new CodedError(
      'mercure-import.not-mercure',
      `this is no configuration of mercure: it has none of ${ownKeys.join(', ')}; it has ${keys.slice(0, 8).join(', ') || 'nothing'}`,
    );
  const whole = Part.whole(openTexts(value));
  const tags = importAdditionalTags(whole, elementOf);
  const targets = importTargets(whole);
  const channels = new Channels();
  const modules = importModules(whole);
  const asked = { knownTags: knownTagsOf({ facts: { additional: [...tags.facts] } }), tags };
  const rules = importRules(whole, {
    ...asked,
    targets,
    modules,
    channels,
    notifications: importNotificationSettings(whole),
    study: importStudyTimes(whole),
  });
  const document = publishable(rules, (kept) => ({
    completion: importCompletion(whole),
    facts: { additional: tags.facts },
    rules: guardFallback(whole, kept, asked),
    targets: [...targets.values()].map(({ target }) => target),
    modules: [...modules.values()].map(({ module }) => module),
    schedule: { offPeak: importOffPeak(whole, timeZone) },
    notificationChannels: channels.all.filter(({ name }) => isTold(name, kept)),
  }));
  for (const part of whole.parts) part.notTaken(settingsNotTaken.get(part.name) ?? 'the import does not know it');
  return { document, items: whole.items };
};

/** The document without the rules that Waystation would refuse; which, they are told. */
const publishable = (
  rules: readonly ImportedRule[],
  documentOf: (rules: readonly ImportedRule[]) => object,
): ConfigurationDocument => {
  const document = ConfigurationDocument.parse(documentOf(rules));
  const problems = checkConfiguration(document, knownTagsOf(document)).filter(({ severity }) => severity === 'error');
  const names = rules.map(({ rule }) => rule.name);
  const refused = rules.flatMap(({ rule, part }) => {
    const found = problems.filter(({ path }) => ruleMeantBy(path, names) === rule.name);
    if (found.length > 0)
      part.droppedAfterAll(`Waystation takes no such rule: ${found.map(({ problem }) => problem).join('; ')}`);
    return found.length > 0 ? [rule] : [];
  });
  return refused.length === 0
    ? document
    : publishable(
        rules.filter(({ rule }) => !refused.includes(rule)),
        documentOf,
      );
};

const isTold = (channel: string, rules: readonly ImportedRule[]): boolean =>
  rules.some(({ rule }) => rule.notifications.some(({ channels }) => channels.includes(channel)));

/** A name may have dots in it: of the names that a path could begin with, the longest is meant. */
const ruleMeantBy = (path: string, names: readonly string[]): string | undefined =>
  names
    .filter((name) => `${path}.`.startsWith(`rules.${name}.`))
    .toSorted((one, other) => other.length - one.length)[0];
