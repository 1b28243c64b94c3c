import type { ApplicationEntity, ConfigurationDocument, UnknownCalledAeTitle } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';

/** What a document says about the titles we are called by. */
type CalledTitles = Pick<ConfigurationDocument, 'applicationEntities' | 'unknownCalledAeTitle'>;

/**
 * The entry of a title that we were called by, or what becomes of a title that has none. Where no title is listed, every
 * one is accepted.
 */
export const calledEntityOf = (
  { applicationEntities, unknownCalledAeTitle }: CalledTitles,
  calledAeTitle: string,
): ApplicationEntity | UnknownCalledAeTitle => {
  if (applicationEntities.length === 0) return 'accept';
  const title = trimAeTitle(calledAeTitle);
  return applicationEntities.find(({ aeTitle }) => trimAeTitle(aeTitle) === title) ?? unknownCalledAeTitle;
};
