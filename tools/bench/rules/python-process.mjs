import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The Python program beside ours; it is asked one thing at a time. */
export class PythonProcess {
  #child;
  #lines;

  /** @param python the interpreter; throws what `spawn` does where there is none */
  static async start(python) {
    const process = new PythonProcess(python);
    process.versions = await process.ask({});
    return process;
  }

  constructor(python) {
    const program = fileURLToPath(new URL('evaluator.py', import.meta.url));
    this.#child = spawn(python, ['-W', 'ignore', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.failed = new Promise((_, reject) => this.#child.once('error', reject));
    this.failed.catch(() => {});
  }

  async ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await Promise.race([this.#lines.next(), this.failed]);
    if (done) throw new Error('the Python program ended');
    const { result, error } = JSON.parse(value);
    if (error !== undefined) throw new Error(error);
    return result;
  }

  async stop() {
    if (this.#child.exitCode !== null) return;
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin.end();
    await exited;
  }
}
