import { runProgram } from './run-program.mjs';
import { say } from './say.mjs';

/** Compiles what has changed. */
export async function build() {
  say('Building …');
  const code = await runProgram('tsc', ['-b']);
  if (code !== 0) throw new Error('the build failed; the compiler says why above');
}
