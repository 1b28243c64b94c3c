import { Command } from 'commander';
import { contextOf } from '../context.js';

interface VerifyReport {
  readonly ok: boolean;
  readonly events: number;
  readonly seals: number;
  readonly head: number;
  readonly unsealedFrom: number;
  readonly problems: readonly { readonly position: number; readonly code: string; readonly message: string }[];
}

/** `waystation verify` */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description('reads the whole log and proves that nothing is missing and nothing was changed')
    .addHelpText('after', '\nExample:\n  waystation verify && echo whole')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const report = await api.get<VerifyReport>('api/verify');
      const { ok, events, seals, head, unsealedFrom, problems } = report;
      output.answer(report, () => [
        `${ok ? 'whole' : 'DAMAGED'}: ${events} events, ${seals} seals${unsealedFrom > head ? '' : `, not sealed yet from position ${unsealedFrom}`}`,
        ...problems.map(({ position, code, message }) => `position ${position}: ${message} (${code})`),
      ]);
      if (!ok) process.exitCode = 1;
    });
