import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../harness/program.js';
import { cleanEnvironment, repository } from '../harness/repository.js';

const program = join(repository, 'tools/torture/input.mjs');

const torture = (...args: readonly string[]): ReturnType<typeof run> =>
  run(process.execPath, [program, '--no-build', ...args], { env: cleanEnvironment() });

// REQ-RECEIVE-10, REQ-RECEIVE-14, REQ-RECEIVE-15: the short form of `npm run torture:input`, which says in its report what broke.
describe('Bad input', () => {
  it('by name, in crowds and by chance leaves the receiver, its memory and everybody else as they were', async () => {
    const { code, stdout, stderr } = await torture(
      '--seed',
      'short form',
      '--associations',
      '150',
      '--skip',
      'samples',
    );
    expect(`${stdout}${stderr}`).toContain('**Everything was as promised.**');
    expect(code).toBe(0);
  });

  it('by chance does so whatever chance begins with', async () => {
    const rest = ['--associations', '150', '--skip', 'samples,attacks,crowds'];
    const { code, stdout, stderr } = await torture('--seed', 'Monday', ...rest);
    expect(`${stdout}${stderr}`).toContain('**Everything was as promised.**');
    expect(code).toBe(0);
  });

  it('is explained by --help, with an example', async () => {
    const { code, stdout } = await torture('--help');
    expect(stdout).toMatch(/Usage: npm run torture:input[^]*Examples:[^]*--seed/);
    expect(code).toBe(0);
  });

  it.each([
    [['--associations', 'many'], '--associations is "many", expected a whole number'],
    [['--skip', 'lunch'], '--skip names lunch, expected samples, attacks, crowds or fuzz'],
  ])('is not sent where the command line is wrong: %j', async (args, sentence) => {
    const { code, stderr } = await torture(...args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(1);
  });
});
