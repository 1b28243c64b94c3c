import {
  AdditionalFact,
  ApplicationEntity,
  ConfigurationDocument,
  NotificationChannel,
  ProcessingModule,
  Rule,
  Target,
} from '@waystation/events';
import type { z } from 'zod';

type Path = readonly PropertyKey[];
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keeps the name of an item and gives it a form that is right; nothing where its name is none. */
const keep =
  (schema: z.ZodType, key: string, rest: Fields = {}) =>
  (item: unknown): readonly unknown[] => {
    const stand = { [key]: isFields(item) ? item[key] : undefined, ...rest };
    return schema.safeParse(stand).success ? [stand] : [];
  };

/** What stands for items that have no right form, so that who names one of them is not told that it does not exist. */
const replacements: Readonly<Record<string, (item: unknown) => readonly unknown[]>> = {
  applicationEntities: keep(ApplicationEntity, 'aeTitle'),
  additional: keep(AdditionalFact, 'element'),
  rules: keep(Rule, 'name', { condition: 'True', action: 'discard', disabled: true }),
  targets: keep(Target, 'name', { kind: 'folder', path: '/' }),
  modules: keep(ProcessingModule, 'name', { kind: 'app' }),
  notificationChannels: keep(NotificationChannel, 'name', { kind: 'webhook', url: 'https://invalid' }),
};

/** A word that no configuration knows is wrong with the whole. */
const parts: ReadonlySet<string> = new Set(Object.keys(ConfigurationDocument.shape));

/**
 * A configuration without what has no right form: items of a list are replaced where others may name them and left out
 * otherwise, and so is any other part, which then is what it is where nothing is said.
 * @param wrong paths in it
 */
export const standIn = (value: unknown, wrong: readonly Path[]): unknown => {
  if (!isFields(value)) return {};
  const known = Object.fromEntries(Object.entries(value).filter(([key]) => parts.has(key)));
  return withoutWrong(
    known,
    wrong.filter((path) => path.length > 0),
  );
};

const withoutWrong = (fields: Fields, wrong: readonly Path[]): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, part]): (readonly [string, unknown])[] => {
      const inside = wrong.filter(([first]) => first === key).map(([, ...rest]) => rest);
      if (inside.length === 0) return [[key, part]];
      if (inside.some((path) => path.length === 0)) return [];
      if (!Array.isArray(part)) return isFields(part) ? [[key, withoutWrong(part, inside)]] : [];
      const isWrong = (index: number): boolean => inside.some(([first]) => first === index);
      const items = part as readonly unknown[];
      return [[key, items.flatMap((item, index) => (isWrong(index) ? (replacements[key]?.(item) ?? []) : [item]))]];
    }),
  );
