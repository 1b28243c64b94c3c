import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../setup/root.mjs';
import { node } from '../../setup/run-program.mjs';
import { Program } from '../program.mjs';

const server = (name) => fileURLToPath(new URL(`../servers/${name}.mjs`, import.meta.url));

/** Words for Node that write a CPU profile where one is wanted. */
const profiling = ({ profiles }, name) =>
  profiles === undefined
    ? []
    : ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}-${Date.now()}.cpuprofile`];

const level = (name, about, inObjectStore) => ({
  about,
  inObjectStore,
  keeps: 'data set',
  start: (run) => new Program(node(), [...profiling(run, name), server(name), String(run.port), run.folder]),
});

export const waystationReceivers = {
  receive: level('receive', 'Waystation: network, header, file; no sync', false),
  store: level('store', 'Waystation: and SHA-256, durable in the object store', true),
  whole: {
    about: 'Waystation: the ingest service, event committed on the embedded Postgres',
    keeps: 'data set',
    inObjectStore: true,
    usesDatabase: true,
    written: `select count(*) from log.event where type = 'instance.stored.v1'`,
    start: (run) =>
      new Program(node(), [...profiling(run, 'whole'), join(root, 'apps/ingest/dist/main.js')], {
        cwd: run.folder,
        env: {
          WAYSTATION_DATABASE_URL: run.database.href,
          WAYSTATION_DATA: run.folder,
          WAYSTATION_DICOM_PORT: String(run.port),
          WAYSTATION_HTTP_PORT: '0',
          WAYSTATION_LOG_LEVEL: 'warn',
        },
      }),
  },
};
