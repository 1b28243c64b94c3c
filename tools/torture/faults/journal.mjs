import { appendFile, readFile } from 'node:fs/promises';
import { revision } from './revision.mjs';

const nameOf = ({ substrate, seed }) => `${substrate} ${seed}`;

const linesOf = async (file) => {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').filter((line) => line !== '');
};

/** What the runs of a campaign came to, in memory and, where a file is named, there: a campaign of hours can go on after a break. */
export class Journal {
  #results = [];

  /** @param options.journal the file, absent where nothing is kept @param options.seed of the campaign: other lines are not its own */
  static async open({ journal: file, seed }) {
    const journal = new Journal();
    Object.assign(journal, { file, revision: await revision() });
    if (file !== undefined) {
      const kept = (await linesOf(file)).map((line) => JSON.parse(line));
      journal.#results = kept.filter((result) => result.campaign === seed);
    }
    journal.seed = seed;
    return journal;
  }

  /** Whether a run held before. */
  holds(run) {
    return this.#last.get(nameOf(run))?.differences.length === 0;
  }

  async add(result) {
    const line = { campaign: this.seed, endedAt: new Date().toISOString(), revision: this.revision, ...result };
    this.#results.push(line);
    if (this.file !== undefined) await appendFile(this.file, `${JSON.stringify(line)}\n`);
  }

  /** What each run came to in the end, and `before`, what it broke when it was run before. */
  get results() {
    return [...this.#last.values()]
      .map((result) => {
        const same = this.#results.filter((other) => other !== result && nameOf(other) === nameOf(result));
        return { ...result, before: same.filter(({ differences }) => differences.length > 0) };
      })
      .toSorted((one, other) => one.substrate.localeCompare(other.substrate) || one.number - other.number);
  }

  get #last() {
    return new Map(this.#results.map((result) => [nameOf(result), result]));
  }
}
