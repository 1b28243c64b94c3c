import { randomBytes } from 'node:crypto';
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

const written = `select count(*) from log.event where type = 'instance.stored.v1'`;
const moved = `select coalesce(sum(json_array_length(data -> 'objects')), 0) from log.event where type = 'objects.moved.v1'`;

/** The ingest service. @param settings further variables of its environment, out of the run */
const ingest = (name, about, settings = () => ({})) => ({
  about,
  keeps: 'data set',
  inObjectStore: true,
  usesDatabase: true,
  written,
  start: (run) =>
    new Program(node(), [...profiling(run, name), join(root, 'apps/ingest/dist/main.js')], {
      cwd: run.folder,
      env: {
        WAYSTATION_DATABASE_URL: run.database.href,
        WAYSTATION_DATA: run.folder,
        WAYSTATION_IDENTITY_KEY: randomBytes(32).toString('base64'),
        WAYSTATION_DICOM_PORT: String(run.port),
        WAYSTATION_HTTP_PORT: '0',
        WAYSTATION_LOG_LEVEL: 'warn',
        ...settings(run),
      },
    }),
});

const inS3 = ({ s3 }) => ({ WAYSTATION_OBJECTS: s3.url });

export const waystationReceivers = {
  receive: level('receive', 'Waystation: network, header, file; no sync', false),
  store: level('store', 'Waystation: and SHA-256, durable in the object store', true),
  whole: ingest('whole', 'Waystation: the ingest service, event committed on the embedded Postgres'),
  'whole-s3': {
    ...ingest('whole-s3', 'Waystation: the same with S3, Success when the object is there', inS3),
    usesS3: true,
  },
  'whole-s3-spooled': {
    ...ingest('whole-s3-spooled', 'Waystation: the same with S3, Success out of the spool', (run) => ({
      ...inS3(run),
      WAYSTATION_ACKNOWLEDGE: 'spooled',
    })),
    usesS3: true,
    moved,
  },
};
