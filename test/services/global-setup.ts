import type { TestProject } from 'vitest/node';
import { startCephRgw } from './ceph-rgw.js';
import { findDcmtk } from './dcmtk.js';
import { findOrthanc } from './orthanc.js';
import { findContainerEngine } from './podman.js';
import { startPostgres } from './postgres.js';
import { progress } from './progress.js';
import { startRabbitMq } from './rabbitmq.js';
import { reapEverything } from './reaper.js';
import { findRsyslog } from './rsyslog.js';
import { findXmllint } from './xmllint.js';

interface Provision {
  readonly name: string;
  /** When the first is given from outside, it stands for the service, and nothing is started. */
  readonly variables: readonly [string, ...string[]];
  readonly start: () => Promise<Readonly<Record<string, string>>>;
}

const provisions: readonly Provision[] = [
  {
    name: 'Postgres',
    variables: ['WAYSTATION_TEST_POSTGRES_URL'],
    start: async () => ({ WAYSTATION_TEST_POSTGRES_URL: (await startPostgres()).url }),
  },
  {
    name: 'RabbitMQ',
    variables: ['WAYSTATION_TEST_AMQP_URL', 'WAYSTATION_TEST_RABBITMQ_MANAGEMENT_URL'],
    start: async () => {
      const { url, managementUrl } = await startRabbitMq();
      return { WAYSTATION_TEST_AMQP_URL: url, WAYSTATION_TEST_RABBITMQ_MANAGEMENT_URL: managementUrl };
    },
  },
  {
    name: 'S3 (Ceph RGW)',
    variables: ['WAYSTATION_TEST_S3_URL'],
    start: async () => ({ WAYSTATION_TEST_S3_URL: (await startCephRgw()).url }),
  },
  {
    name: 'a container engine (Docker, or Podman as root)',
    variables: ['WAYSTATION_TEST_CONTAINERS_URL'],
    start: async () => ({ WAYSTATION_TEST_CONTAINERS_URL: await findContainerEngine() }),
  },
];

/** Programs that the tests call. */
interface PeerProgram {
  readonly name: string;
  /** The folder to put on the PATH; undefined when the program is there already. */
  readonly find: () => Promise<string | undefined>;
  readonly way: string;
}

const dcmtk: PeerProgram = {
  name: 'DCMTK',
  find: findDcmtk,
  way: 'Install DCMTK so that storescu, storescp, echoscu, dcmsend, dcmdump and dcm2json are on the PATH.',
};

const orthanc: PeerProgram = {
  name: 'Orthanc',
  find: findOrthanc,
  way: 'Install Orthanc so that the program Orthanc is on the PATH.',
};

const xmllint: PeerProgram = {
  name: 'xmllint',
  find: findXmllint,
  way: 'Install libxml2 so that xmllint is on the PATH.',
};

const rsyslog: PeerProgram = {
  name: 'rsyslogd',
  find: findRsyslog,
  way: 'Install rsyslog with its gtls driver so that rsyslogd is on the PATH.',
};

/** Brings up the real services that the tests need, each unless its URL is given; workers inherit the environment. */
export async function setup(project: TestProject): Promise<void> {
  if (project.vitest.projects.every(({ name }) => name === 'unit')) return;
  const runsJourneys = project.vitest.projects.some(({ name }) => name === 'journeys');
  const common = [dcmtk, xmllint, rsyslog];
  const programs = runsJourneys ? [...common, orthanc] : common;
  const outcomes = await Promise.allSettled([...provisions.map(provide), ...programs.map(provideProgram)]);
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
  if (failures.length === 0) return;
  await reapEverything();
  throw new Error(failures.join('\n'));
}

export const teardown = async (): Promise<void> => reapEverything();

async function provide({ name, variables, start }: Provision): Promise<void> {
  if (process.env[variables[0]]) return;
  const began = performance.now();
  try {
    Object.assign(process.env, await start());
  } catch (cause) {
    const way = `Give one as ${variables.join(' and ')}, for example from docker compose.`;
    throw new Error(`The tests need ${name}, and it cannot be started here: ${String(cause)}\n${way}`, { cause });
  }
  progress(`${name} is up after ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

async function provideProgram({ name, find, way }: PeerProgram): Promise<void> {
  try {
    const folder = await find();
    if (folder) process.env['PATH'] = `${folder}:${process.env['PATH'] ?? ''}`;
  } catch (cause) {
    throw new Error(`The tests need ${name}, and it cannot be had here: ${String(cause)}\n${way}`, { cause });
  }
}
