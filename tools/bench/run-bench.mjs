import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from '../setup/build.mjs';
import { install } from '../setup/install.mjs';
import { say } from '../setup/say.mjs';
import { describeMachine } from './describe-machine.mjs';

/**
 * The program around a benchmark: reads what was typed, installs and builds, prints the text and keeps it where `--markdown` says, and
 * stops what was started, also where somebody interrupts it.
 *
 * @param name `npm run bench:<name>`
 * @param words `help`, and `readOptions` of the words behind the command
 * @param measure given the options and a {@link Ground}; resolves to what stands behind the machine, first a sentence. What it needs of
 *   libraries it imports itself: they are there only then
 */
export async function runBench(name, { help, readOptions }, measure) {
  const words = process.argv.slice(2);
  try {
    const options = readOptions(words);
    if (options.help) console.log(help);
    else
      await run(options, measure, [`npm run bench:${name}`, ...(words.length > 0 ? ['--', ...words] : [])].join(' '));
  } catch (error) {
    say(`npm run bench:${name}: ${error.message}`);
    process.exitCode = 1;
  }
}

async function run(options, measure, command) {
  await install();
  if (options.build) await build();
  const machine = describeMachine();
  const ground = new Ground(options.folder);
  const interrupted = () => void ground.clear().then(() => process.exit(130));
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    const text = `\`\`\`\n${command}\n\`\`\`\n\n${machine} ${await measure(options, ground)}\n`;
    console.log(text);
    if (options.markdown) await writeFile(options.markdown, text);
  } finally {
    await ground.clear();
  }
}

/** Where a benchmark works: a folder of its own, and what it started. */
class Ground {
  #parent;
  #folder;
  #started = [];

  constructor(parent) {
    this.#parent = parent;
  }

  /** Made when it is asked for, and removed at the end. */
  async folder() {
    if (this.#folder) return this.#folder;
    await mkdir(this.#parent, { recursive: true });
    this.#folder = await mkdtemp(join(resolve(this.#parent), 'bench-'));
    // The database has a user of its own where we are root.
    await chmod(this.#folder, 0o755);
    return this.#folder;
  }

  /** Stops it at the end, what was started last first. @returns the same */
  started(one) {
    this.#started.push(one);
    return one;
  }

  async clear() {
    for (const one of this.#started.splice(0).reverse()) await one.stop();
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }
}
