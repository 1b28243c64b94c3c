/** A line for the person who waits. On stderr: stdout may be a report. */
export const progress = (line: string): void => {
  process.stderr.write(`services: ${line}\n`);
};
