import { readFile } from 'node:fs/promises';
import type { ProofVerdict } from '@waystation/event-log';
import { Command } from 'commander';
import { contextOf } from '../context.js';

interface CheckOptions {
  readonly publicKey?: string;
  readonly seal?: string;
}

/** `waystation check-proof FILE` */
export const checkProofCommand = (): Command =>
  new Command('check-proof')
    .description('checks the proof of one event; needs no Waystation and no network')
    .argument('<file>', 'what `waystation prove POSITION --json` wrote')
    .option('--public-key <file>', 'the seal has to be signed with this key')
    .option('--seal <hex>', 'the seal has to be this one, as it was kept elsewhere')
    .addHelpText('after', '\nExample:\n  waystation check-proof proof.json --public-key seal.pub')
    .action(async (file: string, { publicKey, seal }: CheckOptions, command: Command) => {
      // Only here: whoever talks to a running Waystation need not load a database driver.
      const { checkProof, publicKeyFrom } = await import('@waystation/event-log');
      const publicKeys = publicKey === undefined ? [] : [publicKeyFrom(await readFile(publicKey, 'utf8'))];
      const verdict = checkProof(await readFile(file, 'utf8'), { publicKeys, ...(seal !== undefined && { seal }) });
      contextOf(command).output.answer(verdict, () => linesOf(verdict));
      if (!verdict.ok) process.exitCode = 1;
    });

const linesOf = ({ ok, problem, proof, vouchedBy }: ProofVerdict): readonly string[] => {
  if (!ok || !proof) return [`NOT PROVEN: ${problem ?? ''}`];
  const { event, seal } = proof;
  return [
    `proven: position ${event.position}, ${event.type} of ${event.stream}, recorded ${event.recordedtime}, is under seal ${seal.seal}`,
    vouchedBy.length > 0
      ? `the seal is vouched for: ${vouchedBy.join(' and ')}`
      : 'nothing vouches for the seal yet: compare it with a copy that was kept (--seal), or its signature (--public-key)',
  ];
};
