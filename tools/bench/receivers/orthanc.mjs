import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Program } from '../program.mjs';

const program = '/usr/sbin/Orthanc';
const indexPlugin = '/usr/share/orthanc/plugins/libOrthancPostgreSQLIndex.so';

/** Orthanc's defaults, but for what keeps it from taking anything from anybody on the loopback. */
const settings = ({ folder, port }) => ({
  Name: 'BENCH',
  StorageDirectory: join(folder, 'objects'),
  IndexDirectory: join(folder, 'index'),
  StorageCompression: false,
  HttpServerEnabled: false,
  DicomAet: 'ORTHANC',
  DicomPort: port,
  DicomCheckCalledAet: false,
  DicomAlwaysAllowStore: true,
  UnknownSopClassAccepted: true,
});

const onPostgres = ({ hostname, port, pathname, username, password }) => ({
  Plugins: [indexPlugin],
  PostgreSQL: {
    EnableIndex: true,
    EnableStorage: false,
    Host: hostname,
    Port: Number(port),
    Database: pathname.slice(1),
    Username: username,
    Password: password,
  },
});

const start = (run, more = {}) => {
  const path = join(run.folder, 'orthanc.json');
  writeFileSync(path, JSON.stringify({ ...settings(run), ...more }));
  return new Program(program, [path], { env: { TCP_NODELAY: '1' }, cwd: run.folder });
};

export const orthancReceivers = {
  orthanc: {
    about: 'Orthanc on SQLite, its default',
    keeps: 'pixels',
    missing: () => (existsSync(program) ? undefined : `no ${program}; on Debian: apt-get install orthanc`),
    start: (run) => start(run),
  },
  'orthanc-pg': {
    about: 'Orthanc with its index on the same Postgres as Waystation',
    keeps: 'pixels',
    usesDatabase: true,
    written: 'select count(*) from resources where resourceType = 3',
    missing: () =>
      existsSync(program) && existsSync(indexPlugin)
        ? undefined
        : `no ${indexPlugin}; on Debian: apt-get install orthanc orthanc-postgresql`,
    start: (run) => start(run, onPostgres(run.database)),
  },
};
