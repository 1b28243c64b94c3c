import { Option, type Command } from 'commander';

/** Who changes something and why; both stay in the log. */
export interface Authorship {
  /** Empty where nobody is named: then it is whom a proxy names, or whoever uses the command line. */
  readonly author: string;
  readonly reason: string;
}

/** Says who changes something. */
export const authorOption = (): Option =>
  new Option('--author <name>', 'who changes it; stays in the log').default('', 'you, or whom a proxy names');

/** Options of every command that changes something. */
export const authorship = (command: Command): Command =>
  command
    .addOption(authorOption())
    .addOption(new Option('--reason <text>', 'why; stays in the log').default('', 'none'));

/** Who and why, as the query of a request. */
export const authorQuery = ({ author, reason }: Authorship): string =>
  new URLSearchParams({ author, reason }).toString();

/** Path of a change to the configuration. */
export const editPath = (what: string, by: Authorship): string =>
  `api/configuration${what === '' ? '' : `/${what}`}?${authorQuery(by)}`;
