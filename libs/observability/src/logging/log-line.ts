import { printableFields, type LogFields } from './log-fields.js';
import type { LogLevel } from './log-level.js';

/** What a line says, before it has a form. */
export interface LogLine {
  readonly time: string;
  readonly level: LogLevel;
  readonly service: string;
  /** Where in the program, as Nest calls it. */
  readonly context?: string | undefined;
  readonly sentence: string;
  readonly fields?: LogFields | undefined;
  readonly stack?: string | undefined;
}

// oxlint-disable-next-line no-control-regex -- these are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Text from the network must not begin a line of its own nor move the cursor of a terminal. */
const oneLine = (text: string): string =>
  text.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const fieldText = (value: string | number): string =>
  typeof value === 'number' || /^[\w.:/@+*-]+$/.test(value) ? String(value) : oneLine(JSON.stringify(value));

const indented = (stack: string): string =>
  stack
    .split('\n')
    .map((line) => `\n    ${oneLine(line.trim())}`)
    .join('');

/** For people: time, level, service, sentence, then `key=value`; a stack on lines of its own. */
const textLine = ({ time, level, service, context, sentence, fields, stack }: LogLine): string => {
  const pairs = printableFields(fields ?? {}).map(([name, value]) => ` ${name}=${fieldText(value)}`);
  const place = context === undefined ? service : `${service}/${oneLine(context)}`;
  return `${time} ${level.padEnd(5)} ${place} ${oneLine(sentence)}${pairs.join('')}${stack === undefined ? '' : indented(stack)}\n`;
};

/** For machines: one JSON object. */
const jsonLine = ({ fields, ...line }: LogLine): string =>
  `${oneLine(JSON.stringify({ ...line, ...Object.fromEntries(printableFields(fields ?? {})) }))}\n`;

export const formatLine = { text: textLine, json: jsonLine } as const;
