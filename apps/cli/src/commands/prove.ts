import type { EventProof } from '@waystation/event-log';
import { Command } from 'commander';
import { contextOf } from '../context.js';

/** `waystation prove POSITION` */
export const proveCommand = (): Command =>
  new Command('prove')
    .description('proves that one event is in the log, for somebody who has neither the log nor Waystation')
    .argument('<position>', 'of the event, as `waystation history` shows it')
    .addHelpText('after', '\nExample:\n  waystation prove 42 --json > proof.json\n  waystation check-proof proof.json')
    .action(async (position: string, _options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const proof = await api.get<EventProof>(`api/proofs/${encodeURIComponent(position)}`);
      const { event, seal, path } = proof;
      output.answer(proof, () => [
        `position ${event.position}: ${event.type} of ${event.stream}, recorded ${event.recordedtime}`,
        `under seal ${seal.seal} (positions ${seal.from} to ${seal.to}), ${path.length} hashes above it`,
        seal.signature === null ? 'the seal is not signed' : `signed with ${seal.signature.key}`,
        'with --json you get the proof itself, for `waystation check-proof`',
      ]);
    });
