import { run } from './program.js';

const FILES_AT_A_TIME = 100;

/**
 * What DCMTK's dcmdump says of the data sets of Part 10 files, every value to its end, by the SOP Instance UID that it
 * reads in them: a program from outside says what is in a file, and how it is encoded.
 * @throws Error where dcmdump fails, or where two files hold the same UID
 */
export const dumpsOf = async (paths: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const dumps = new Map<string, string>();
  for (let index = 0; index < paths.length; index += FILES_AT_A_TIME) {
    for (const dump of await dumpTogether(paths.slice(index, index + FILES_AT_A_TIME))) {
      const uid = uidIn(dump);
      if (dumps.has(uid)) throw new Error(`two files hold the object '${uid}'`);
      dumps.set(uid, dump);
    }
  }
  return dumps;
};

/**
 * The same, sorted and however sequences are delimited: DCMTK's senders write them anew, with explicit lengths. What is in a
 * sequence is not left out.
 */
export const dumpsOfContent = async (paths: readonly string[]): Promise<readonly string[]> =>
  [...(await dumpsOf(paths)).values()]
    .map((dump) =>
      dump
        .replace(/^.*DelimitationItem.*\n/gm, '')
        .replace(/(Sequence|Item) with (undefined|explicit) length (#=\d+)\).*/g, '$1 $3'),
    )
    .toSorted();

/** Some files have all their elements as UN, which dcmdump writes as numbers. */
const uidIn = (dump: string): string => {
  const [, bytes, text = ''] = /^\(0008,0018\) (?:UN (\S+)|UI \[(.*?)\])/m.exec(dump) ?? [];
  return bytes === undefined
    ? text
    : Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('latin1').replace(/\0$/, '');
};

const dumpTogether = async (paths: readonly string[]): Promise<readonly string[]> => {
  const { code, stdout, stderr } = await run('dcmdump', ['-q', '+L', '+R', '4096', ...paths]);
  const dumps = stdout.split('# Dicom-File-Format').slice(1);
  if (code !== 0 || dumps.length !== paths.length)
    throw new Error(`dcmdump ended with ${code} after ${dumps.length} of ${paths.length} files: ${stderr}`);
  return dumps.map((dump) => dump.slice(dump.indexOf('# Dicom-Data-Set')).trim());
};

/** What of the expected is not there as it should be: by SOP Instance UID, with the first line that differs. */
export const differences = (
  expected: ReadonlyMap<string, string>,
  actual: ReadonlyMap<string, string>,
): readonly string[] =>
  [...expected].flatMap(([uid, dump]) => {
    const other = actual.get(uid);
    if (other === dump) return [];
    if (other === undefined) return [`${uid} is not there`];
    const lines = other.split('\n');
    const line = dump.split('\n').find((text, index) => text !== lines[index]);
    return [`${uid} differs: ${line?.slice(0, 200)}`];
  });
