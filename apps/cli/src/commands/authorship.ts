import { userInfo } from 'node:os';
import type { ConfigurationDocument } from '@waystation/events';
import type { Command } from 'commander';

/** Who changes something and why; both stay in the log. */
export interface Authorship {
  readonly author: string;
  readonly reason: string;
}

/** What the write side answers to a change. */
export interface Configuration {
  readonly version: number;
  readonly sha256: string;
  readonly document: ConfigurationDocument;
}

/** Options of every command that changes something. */
export const authorship = (command: Command): Command =>
  command
    .option('--author <name>', 'who changes it; stays in the log', userInfo().username)
    .option('--reason <text>', 'why; stays in the log', '');

/** Path of a change to the configuration. */
export const editPath = (what: string, { author, reason }: Authorship): string =>
  `api/configuration${what === '' ? '' : `/${what}`}?${new URLSearchParams({ author, reason }).toString()}`;
