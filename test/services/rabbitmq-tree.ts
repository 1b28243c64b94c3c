import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackDebianPackages } from './debian-packages.js';

const applications =
  'base asn1 crypto eldap ftp inets mnesia os-mon parsetools public-key runtime-tools snmp ssl syntax-tools tftp tools xmerl';

/** RabbitMQ and Erlang, unpacked; returns the root of the tree. */
export const unpackRabbitMq = async (): Promise<string> =>
  unpackDebianPackages({
    name: 'rabbitmq',
    packages: ['rabbitmq-server', ...applications.split(' ').map((application) => `erlang-${application}`)],
    adapt: relocateErlang,
  });

/** Debian writes the absolute place of Erlang into its start script. */
async function relocateErlang(tree: string, root: string): Promise<void> {
  const path = join(tree, 'usr/lib/erlang/bin/erl');
  const script = await readFile(path, 'utf8');
  await writeFile(path, script.replaceAll('ROOTDIR=/usr/lib/erlang', `ROOTDIR=${root}/usr/lib/erlang`));
}
