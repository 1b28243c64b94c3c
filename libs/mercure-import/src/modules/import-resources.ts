import type { Part } from '../parts/part.js';
import { textAt } from '../parts/values.js';
import type { ContainerFields } from './container-fields.js';

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** What Nomad is told in its own language: memory, cores and GPUs of a module, where Nomad ran it. */
export const importResources = (part: Part, isNomad: boolean): ContainerFields => {
  const text = textAt(part);
  if (text === '') part.taken('there is nothing in it');
  if (text !== '' && !isNomad) part.notTaken('only Nomad asks for it, which did not run the modules');
  if (text === '' || !isNomad) return {};
  const valueOf = (pattern: RegExp): number | undefined => {
    const [, digits] = pattern.exec(text) ?? [];
    return digits === undefined ? undefined : Number(digits);
  };
  const memory = valueOf(/^\s*memory\s*=\s*(\d{1,9})\s*$/m);
  const cores = valueOf(/^\s*cores\s*=\s*(\d{1,4})\s*$/m);
  const gpus = /device\s+"nvidia\/gpu/.test(text) ? (valueOf(/^\s*count\s*=\s*(\d{1,2})\s*$/m) ?? 1) : undefined;
  const fields: ContainerFields = {
    ...(memory === undefined ? {} : { memoryMegabytes: within(memory, 16, 4_194_304) }),
    ...(cores === undefined ? {} : { cpus: within(cores, 0.1, 1024) }),
    ...(gpus === undefined ? {} : { gpus: within(gpus, 0, 64) }),
  };
  const found = Object.entries(fields).map(([name, value]) => `${name} is ${JSON.stringify(value)}`);
  if (found.length === 0) part.notTaken('nothing in it says how much memory, how many cores or GPUs there are to be');
  else part.changed(`${found.join(', ')}; whatever else it says is left out`);
  return fields;
};
