/** What the pure layers may not do, as source, with what the lint rule says of it. */
export const impurities: readonly (readonly [what: string, source: string, complaint: string])[] = [
  ['a clock', 'export const now = () => Date.now();', 'Date.now is not data'],
  ['a clock behind brackets', "export const now = () => Date['now']();", 'Date.now is not data'],
  ['a clock under another name', 'const { now } = Date;\nexport const at = () => now();', 'Date is not data'],
  ['a fresh date', 'export const now = () => new Date();', 'the current time is not data'],
  ['a date without new', 'export const now = () => Date();', 'the current time is not data'],
  [
    'a date without new that looks as if it was told',
    'export const now = () => Date(0);',
    'the current time is not data',
  ],
  ['chance', 'export const dice = () => Math.random();', 'Math.random is not data'],
  ['chance under another name', 'export const dice = [Math];', 'Math is not data'],
  ['the global object', 'export const all = () => globalThis.Date;', 'globalThis is not data'],
  ['the process', 'export const zone = () => process.env.TZ;', 'process is not data'],
  ['the network', "export const page = () => fetch('http://pacs');", 'fetch is not data'],
  ['a stop watch', 'export const now = () => performance.now();', 'performance is not data'],
  ['a stop watch under another name', 'export const { now } = performance;', 'performance is not data'],
  ['a timeout', 'export const later = (act: () => void) => setTimeout(act, 1);', 'setTimeout is not data'],
  ['an interval', 'export const often = (act: () => void) => setInterval(act, 1);', 'setInterval is not data'],
  ['an immediate', 'export const soon = (act: () => void) => setImmediate(act);', 'setImmediate is not data'],
  ['chance from the web', 'export const name = () => crypto.randomUUID();', 'crypto is not data'],
  [
    'chance from Node',
    "import { randomUUID } from 'node:crypto';\nrandomUUID();",
    'only createHash and hash of node:crypto',
  ],
  [
    'chance from Node beside a hash',
    "import { createHash, randomInt as hash } from 'node:crypto';\nhash(createHash.length);",
    'only createHash and hash of node:crypto',
  ],
  ['all of Node’s crypto', "import * as c from 'node:crypto';\nc.hash;", 'only createHash and hash of node:crypto'],
  ['Node’s crypto itself', "import c from 'node:crypto';\nc.hash;", 'only createHash and hash of node:crypto'],
  ['chance that is passed on', "export { randomBytes } from 'node:crypto';", 'only createHash and hash of node:crypto'],
  ['crypto that is passed on', "export * from 'node:crypto';", 'only createHash and hash of node:crypto'],
  ['crypto that is loaded later', "export const c = import('node:crypto');", 'only createHash and hash of node:crypto'],
];

/** What looks like it and is none. */
export const harmless: readonly (readonly [what: string, source: string])[] = [
  ['a date that was told', "export const date = new Date('2026-01-01T00:00:00.000Z');"],
  ['a date that is read', "export const at = Date.parse('2026-01-01T00:00:00.000Z');"],
  ['a question for a date', 'export const isDate = (value: unknown): value is Date => value instanceof Date;'],
  ['arithmetic', 'export const most = Math.max(1, 2);'],
  ['a parameter that is called process', 'export const of = (process: { pid: number }) => process.pid;'],
  ['properties that are called so', 'export const x = { fetch: 1, process: 2 };\nx.fetch += x.process;'],
  ['a hash', "import { createHash, hash } from 'node:crypto';\nexport const of = [createHash, hash];"],
  ['the type of a hash', "import type { Hash } from 'node:crypto';\nexport type Of = Hash;"],
];
