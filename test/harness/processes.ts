import { run } from './program.js';

/** Processes that have a text in their command line: `pid args`. */
export const processesWith = async (text: string): Promise<readonly string[]> => {
  const { stdout } = await run('ps', ['-ww', '-eo', 'pid=,stat=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line))
    .map((line) => line.trim());
};
