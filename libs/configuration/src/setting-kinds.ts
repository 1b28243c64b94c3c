import { isAeTitle, trimAeTitle } from '@waystation/kernel';
import { z } from 'zod';

/** What values of one kind look like, in `waystation.json` and as text of an environment variable. */
export interface SettingKind<Value> {
  /** What is expected, to follow the word "expected". */
  readonly expected: string;
  /** Checks the value as JSON has it. */
  readonly schema: z.ZodType<Value>;
  /** What the text of a variable is in JSON; anything that the schema refuses if it is wrong. */
  readonly fromText: (text: string) => unknown;
}

/** AE titles that are accepted; `*` is any. */
export type AcceptedAeTitles = '*' | readonly string[];

const same = (text: string): string => text;
const numberOf = (text: string): unknown => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text);

const textKind = (expected: string, accepts: (text: string) => boolean): SettingKind<string> => ({
  expected,
  schema: z.string().refine(accepts),
  fromText: same,
});

const urlKind = (expected: string, pattern: RegExp): SettingKind<string> =>
  textKind(expected, (text) => pattern.test(text) && URL.canParse(text));

const orEmbedded = (kind: SettingKind<string>): SettingKind<string> => ({
  ...kind,
  expected: `\`embedded\` or ${kind.expected}`,
  schema: z.literal('embedded').or(kind.schema),
});

const whole = (expected: string, from: number, to: number): SettingKind<number> => ({
  expected: `${expected} from ${from} to ${to}`,
  schema: z.int().min(from).max(to),
  fromText: numberOf,
});

const orNone = <Value>({ expected, schema, fromText }: SettingKind<Value>): SettingKind<Value | 'none'> => ({
  expected: `\`none\` or ${expected}`,
  schema: z.literal('none').or(schema),
  fromText: (text) => (text.trim() === 'none' ? 'none' : fromText(text)),
});

const AeTitleText = z.string().refine(isAeTitle).transform(trimAeTitle);

export const kind = {
  port: whole('a port number (0 is any that is free)', 0, 65_535),
  whole,
  orNone,
  count: whole('a whole number', 1, 10_000),
  bytes: (from: number, to: number): SettingKind<number> => whole('a whole number of bytes', from, to),
  seconds: (from: number, to: number): SettingKind<number> => ({
    expected: `seconds from ${from} to ${to}`,
    schema: z.number().min(from).max(to),
    fromText: numberOf,
  }),
  host: textKind('a host name or an IP address', (text) => /^[A-Za-z0-9._:-]+$/.test(text)),
  path: textKind('a path', (text) => text.trim() !== '' && !text.includes('\0')),
  name: textKind('1 to 64 letters, digits, dots, dashes', (text) => /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(text)),
  headerName: textKind('a header name', (text) => /^[A-Za-z0-9-]{1,64}$/.test(text)),
  token: textKind('printable ASCII without spaces', (text) => /^[\x21-\x7e]+$/.test(text)),
  databaseUrl: orEmbedded(urlKind('a `postgres://` URL', /^postgres(ql)?:\/\//)),
  busUrl: orEmbedded(urlKind('an `amqp://` or `amqps://` URL', /^amqps?:\/\//)),
  syslogUrl: urlKind(
    'a `syslog+tls://`, `syslog+tcp://` or `syslog+udp://` URL with a host and maybe a port',
    /^syslog\+(tls|tcp|udp):\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:\d+)?\/?$/,
  ),
  httpsUrl: urlKind('an `https://` URL without user, query and fragment', /^https:\/\/[^/?#@]+(\/[^?#]*)?$/),
  engineUrl: urlKind(
    'a `unix:///` path, an `http://` URL of host and port, or `kubernetes://NAMESPACE/CLAIM`',
    /^(unix:\/\/\/.|http:\/\/[^/?#@]+\/?$|kubernetes:\/\/[-a-z0-9]+\/[-.a-z0-9]+(\?|$))/,
  ),
  absolutePaths: {
    expected: 'a list of absolute paths (in a variable, separated by commas)',
    schema: z.array(z.string().regex(/^\/[^,\0]*$/)).min(1),
    fromText: (text) => text.split(',').map((path) => path.trim()),
  } satisfies SettingKind<readonly string[]>,
  objectsUrl: urlKind('a `file:` or `s3://` URL', /^(file:.|s3:\/\/)/),
  aeTitle: {
    expected: 'an AE title (1 to 16 printable ASCII characters, no backslash)',
    schema: AeTitleText,
    fromText: same,
  },
  aeTitles: {
    expected: '`*` or a list of AE titles (in a variable, separated by commas)',
    schema: z.literal('*').or(z.array(AeTitleText).min(1)),
    fromText: (text) => (text.trim() === '*' ? '*' : text.split(',')),
  } satisfies SettingKind<AcceptedAeTitles>,
  oneOf: <const Words extends readonly string[]>(...words: Words): SettingKind<Words[number]> => ({
    expected: words.map((word) => `\`${word}\``).join(', '),
    schema: z.enum(words),
    fromText: same,
  }),
} as const;
