import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../harness/program.js';
import { cleanEnvironment, repository } from '../harness/repository.js';

const program = join(repository, 'tools/torture/faults.mjs');
/** Runs of each substrate: two systems of five. The long form is `npm run torture`. */
const seeds = process.env['WAYSTATION_TORTURE_SEEDS'] ?? '6';
/** A run takes seconds; what hangs ends by itself much sooner. */
const timeout = 180_000 + Number(seeds) * 120_000;

const torture = (...args: readonly string[]): ReturnType<typeof run> =>
  run(process.execPath, [program, '--no-build', ...args], { env: cleanEnvironment() });

// REQ-FAIL-8: the short form of `npm run torture`, which says in its report what broke, and with which seed.
describe('Faults drawn by chance', () => {
  it.each(['embedded', 'services'])(
    'break no promise of the substrate %s',
    async (substrate) => {
      const { code, stdout, stderr } = await torture(
        '--seed',
        'short form',
        '--seeds',
        seeds,
        '--substrate',
        substrate,
      );
      expect(`${stdout}${stderr}`).toContain('**Everything was as promised.**');
      expect(code).toBe(0);
    },
    timeout,
  );

  it('are explained by --help, with an example', async () => {
    const { code, stdout } = await torture('--help');
    expect(stdout).toMatch(/Usage: npm run torture[^]*Examples:[^]*--seed/);
    expect(code).toBe(0);
  });

  it.each([
    [['--seeds', 'many'], '--seeds is "many", expected a whole number'],
    [['--substrate', 'cloud'], '--substrate is "cloud", expected embedded, services or both'],
    [['--faults', '1'], '--faults is of one run: say which with --only'],
  ])('do not happen where the command line is wrong: %j', async (args, sentence) => {
    const { code, stderr } = await torture(...args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(1);
  });
});
