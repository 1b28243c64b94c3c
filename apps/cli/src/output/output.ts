import { jsonLine, jsonText } from './json-text.js';
import { table } from './table.js';

/** Answers: in sentences and tables for people, in JSON for programs. */
export class Output {
  constructor(
    private readonly json: boolean,
    private readonly out: NodeJS.WritableStream,
  ) {}

  /** One answer. @param forPeople the lines people get instead of the JSON */
  answer(value: unknown, forPeople: () => readonly string[]): void {
    if (this.json) this.line(jsonText(value));
    else for (const line of forPeople()) this.line(line);
  }

  /** One of many that come one after another: in JSON each is a line. */
  next(value: unknown, forPeople: () => readonly string[]): void {
    this.line(this.json ? jsonLine(value) : forPeople().join('  '));
  }

  /** A list of things of one kind. @param most how many are shown of more; see {@link oneMore} */
  list<Row>(
    rows: readonly Row[],
    columns: Readonly<Record<string, (row: Row) => string | number>>,
    none: string,
    most = Number.POSITIVE_INFINITY,
  ): void {
    const shown = rows.length > most ? rows.slice(0, most) : rows;
    const rest = shown.length < rows.length ? ['… and more: --limit shows more than these'] : [];
    this.answer(shown, () => (rows.length === 0 ? [none] : [...table(shown, columns), ...rest]));
  }

  private line(text: string): void {
    this.out.write(`${text}\n`);
  }
}
