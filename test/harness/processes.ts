import { run } from './program.js';

/** Processes that have a text in their command line: `pid args`. */
export const processesWith = async (text: string): Promise<readonly string[]> => {
  const { stdout } = await run('ps', ['-ww', '-eo', 'pid=,stat=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line))
    .map((line) => line.trim());
};

/** Children of a process that have a text in their command line, by pid. */
export const childrenOf = async (parent: number, text: string): Promise<readonly number[]> => {
  const { stdout } = await run('ps', ['-ww', '-eo', 'ppid=,pid=,args=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([ppid, , ...args]) => Number(ppid) === parent && args.join(' ').includes(text))
    .map(([, pid]) => Number(pid));
};
