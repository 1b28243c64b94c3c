import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

type Tool = 'dcmconv' | 'dcmdump' | 'dcmdjpeg' | 'dcmdjpls' | 'dcmdrle' | 'dcmcjpeg' | 'dcmcjpls' | 'dcmcrle';

const findTool = (tool: Tool): string => {
  const paths = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, tool));
  const found = [...paths, join('/usr/bin', tool)].find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${tool} is not there: these tests need DCMTK (package dcmtk)`);
  return found;
};

/** Runs a program of DCMTK; gives what it prints. Throws where it fails. */
export const dcmtk = async (tool: Tool, ...args: readonly string[]): Promise<string> => {
  const options = { maxBuffer: 1e9, encoding: 'latin1' } as const;
  return (await promisify(execFile)(findTool(tool), args, options)).stdout;
};

/** Which program undoes a compression, where DCMTK has one. */
export const decompressorOf = (transferSyntaxUid: string): Tool | undefined => {
  if (/\.4\.(50|51|57|70)$/.test(transferSyntaxUid)) return 'dcmdjpeg';
  if (/\.4\.8[01]$/.test(transferSyntaxUid)) return 'dcmdjpls';
  return transferSyntaxUid === '1.2.840.10008.1.2.5' ? 'dcmdrle' : undefined;
};

/**
 * What dcmdump says of data sets, but for their pixel data, group lengths, how sequences are delimited, and where they lie
 * in the file. One program dumps them all.
 */
export const dumps = async (...paths: readonly string[]): Promise<readonly (readonly string[])[]> => {
  const text = await dcmtk('dcmdump', '-q', '+F', '+L', '+R', '64', ...paths);
  const [, ...each] = text.split(/^# dcmdump \(\d+\/\d+\): .*$/m);
  if (each.length !== paths.length) throw new Error(`dcmdump told of ${each.length} files, expected ${paths.length}`);
  return each.map(linesOf);
};

const linesOf = (text: string): readonly string[] =>
  text
    .replace(/[\s\S]*?# Dicom-Data-Set/, '')
    .trimEnd()
    .replace(/(Sequence|Item|Directory Record) with (undefined|explicit) length (#=\d+)\).*/g, '$1 $3')
    .split('\n')
    .filter(
      (line) =>
        !/DelimitationItem|^# Used|^ *\(7fe0,00|^ +\(fffe,e000\) pi |,0000\) UL|#  offset=|Directory Record/.test(line),
    );
