import type { Command } from 'commander';
import { Api } from './api.js';
import { Output } from './output/output.js';

/** What every command has: the API it talks to and how it answers. */
export interface Context {
  readonly api: Api;
  readonly output: Output;
}

interface GlobalOptions {
  readonly url: string;
  readonly controlUrl?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** Options that every command takes. */
export const addGlobalOptions = (program: Command, env: NodeJS.ProcessEnv): Command =>
  program
    .option(
      '--url <url>',
      'where the read side listens (WAYSTATION_URL)',
      env['WAYSTATION_URL'] ?? 'http://127.0.0.1:8080',
    )
    .option(
      '--control-url <url>',
      'where the write side listens, if elsewhere (WAYSTATION_CONTROL_URL)',
      env['WAYSTATION_CONTROL_URL'],
    )
    .option('--token <token>', 'API token, where one is set (WAYSTATION_API_TOKEN)', env['WAYSTATION_API_TOKEN'])
    .option('--json', 'answer in JSON, for programs');

/** The context of a command, from the options given anywhere on the line. */
export const contextOf = (command: Command): Context => {
  const { url, controlUrl, token, json } = command.optsWithGlobals<GlobalOptions>();
  return {
    api: new Api({ url, controlUrl: controlUrl ?? url, token }),
    output: new Output(json === true, process.stdout),
  };
};
