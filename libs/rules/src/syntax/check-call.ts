import { functions } from '../functions/functions.js';
import { methods } from '../functions/methods.js';
import type { Operation } from '../functions/operation.js';
import { suggest } from '../suggest.js';
import { SyntaxFailure } from './syntax-failure.js';

/** What looks like a function and takes more than values. */
export const specialNames = [
  'exists',
  'rule',
  'any_instance',
  'all_instances',
  'count_instances',
  'map',
  'filter',
] as const;

const tables = { function: functions, method: methods };
type CallKind = keyof typeof tables;

const unknown = (kind: CallKind, name: string, at: number): SyntaxFailure => {
  const other = kind === 'function' ? 'method' : 'function';
  if (tables[other].has(name))
    return new SyntaxFailure(
      at,
      `${name} is a ${other}, not a ${kind}`,
      other === 'method' ? `write @Tag@.${name}()` : `write ${name}(@Tag@)`,
    );
  const names = [...tables[kind].keys(), ...(kind === 'function' ? specialNames : [])];
  const alike = suggest(name, names);
  return new SyntaxFailure(
    at,
    `unknown ${kind} ${name}()`,
    alike === undefined ? `known are ${names.join(', ')}` : `did you mean ${alike}()?`,
  );
};

/** Finds what a call calls. Throws SyntaxFailure where there is none of this name. */
export const findOperation = (kind: CallKind, name: string, at: number): Operation => {
  const operation = tables[kind].get(name);
  if (!operation) throw unknown(kind, name, at);
  return operation;
};

/** Throws SyntaxFailure where an operation does not take this number of arguments. */
export const checkArguments = ({ name, takes: { from, to } }: Operation, count: number, at: number): void => {
  if (count >= from && count <= to) return;
  const wanted = from === to ? `${from}` : `${from} to ${to}`;
  throw new SyntaxFailure(at, `${name}() takes ${wanted} argument${to === 1 ? '' : 's'}, not ${count}`);
};
