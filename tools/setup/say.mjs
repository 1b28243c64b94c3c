/** A progress line. On stderr: stdout belongs to the program that is started. */
export const say = (line) => process.stderr.write(`${line}\n`);
