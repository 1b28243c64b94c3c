import { join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from '../../setup/root.mjs';

const loaded = new Map();

/** A module of the servers that the tests run against. */
export const services = async (name) => {
  const path = join(root, 'test/services', `${name}.ts`);
  if (!loaded.has(name)) loaded.set(name, runnerImport(path, { configFile: false, logLevel: 'error' }));
  return (await loaded.get(name)).module;
};

/** A port that nobody listens on. */
export const freePort = async () => (await services('free-port')).freePort();
