import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node } from '../../setup/run-program.mjs';
import { Program } from '../program.mjs';
import { orthancReceivers } from './orthanc.mjs';
import { waystationReceivers } from './waystation.mjs';

const server = (name) => fileURLToPath(new URL(`../servers/${name}.mjs`, import.meta.url));
const isInstalled = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;

/**
 * Who receives. `keeps` is what must be on disk afterwards, bit for bit: the `data set`, only its `pixels` where the receiver
 * writes the rest in its own way, or `nothing`; of one that `cutsFragments` compressed objects are only counted. `written`
 * is the query that counts the objects its database knows, `moved` the one that counts those that left its spool, `missing`
 * says why it cannot take part.
 */
export const receivers = {
  null: {
    about: 'answers and keeps nothing: what the sender and the loopback can do',
    keeps: 'nothing',
    start: ({ port }) => new Program(node(), [server('null'), String(port)]),
  },
  storescp: {
    about: 'DCMTK storescp, a process per association where there are several',
    keeps: 'pixels',
    missing: () => (isInstalled('storescp') ? undefined : 'no storescp on the path; on Debian: apt-get install dcmtk'),
    start: ({ port, folder, associations }) => {
      const forking = associations > 1 ? ['--fork'] : [];
      const args = [
        ...forking,
        '--promiscuous',
        '--accept-all',
        '--output-directory',
        join(folder, 'objects'),
        String(port),
      ];
      return new Program('storescp', args, { env: { TCP_NODELAY: '1' } });
    },
  },
  ...orthancReceivers,
  dcmjs: {
    about: 'dcmjs-dimse as documented: data set in memory, parsed, written',
    keeps: 'pixels',
    cutsFragments: true,
    start: ({ port, folder }) =>
      new Program(node(), ['--max-old-space-size=6000', server('dcmjs'), String(port), join(folder, 'objects')]),
  },
  ...waystationReceivers,
};
