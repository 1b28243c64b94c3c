import { CodedError } from '@waystation/kernel';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { routingElements, type RoutingElement } from '../dictionary/routing-elements.js';
import { readFileMeta } from '../file-meta/read-file-meta.js';
import { HeaderReader, type Header } from './header-reader.js';

// Real objects of many makers; they are not part of the repository.
const repository = resolve(import.meta.dirname, '../../../..');
const folder = process.env['WAYSTATION_SAMPLES'] ?? join(repository, '..', 'shared', 'samples');
const index = join(folder, 'index.tsv');

interface Sample {
  readonly file: string;
  readonly label: string;
  readonly bytes: Buffer;
}

const samples = (): readonly Sample[] => {
  const [head = '', ...rows] = readFileSync(index, 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    const cell = (column: string): string => cells[columns.indexOf(column)] ?? '';
    const file = cell('file');
    return { file, label: cell('valid_or_malformed'), bytes: readFileSync(join(folder, file)) };
  });
};

const read = (file: Buffer): Header => {
  const { transferSyntaxUid, dataSetOffset } = readFileMeta(file);
  const reader = new HeaderReader(transferSyntaxUid);
  for (let at = dataSetOffset; at < file.length; at += 16_384) reader.push(file.subarray(at, at + 16_384));
  return reader.end();
};

/** What DCMTK reads. It leaves a comma where it gives up on compressed pixels, and gives up on some character sets. */
const readByDcmtk = (path: string): Record<string, { vr: string; Value?: unknown[] }> | undefined => {
  const { stdout } = spawnSync('dcm2json', ['-q', path], { encoding: 'utf8', maxBuffer: 1e9 });
  try {
    return JSON.parse(stdout.replace(/,\s*\}\s*$/, '}')) as Record<string, { vr: string; Value?: unknown[] }>;
  } catch {
    return undefined;
  }
};

const valueText = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  const name = value as { Alphabetic?: string; Ideographic?: string; Phonetic?: string };
  return [name.Alphabetic, name.Ideographic, name.Phonetic].map((group) => group ?? '').join('=');
};

/** Numbers in their shortest form, names without the empty components that DCMTK drops. */
const comparable = (text: string, { vr }: RoutingElement): string => {
  if (vr === 'DS' || vr === 'IS') return text.replace(/[^\\]+/g, (number) => String(Number(number)));
  return vr === 'PN' ? text.replace(/\^+(?==|$)/g, '').replace(/=+$/, '') : text;
};

describe.skipIf(!existsSync(index))('the corpus', () => {
  it('labelled valid is read without a warning that matters, with the UIDs of everything but directories', () => {
    const complaints = samples().flatMap(({ file, label, bytes }) => {
      if (label !== 'valid') return [];
      const { uids, warnings } = read(bytes);
      const placed = uids.sopInstanceUid && uids.sopClassUid && uids.studyInstanceUid && uids.seriesInstanceUid;
      const complaint = [...warnings.map(({ code }) => code), ...(placed || file.includes('DICOMDIR') ? [] : ['UIDs'])];
      return complaint.map((what) => `${file}: ${what}`);
    });
    expect(complaints).toEqual([]);
  });

  it('labelled malformed is read or refused with a code', () => {
    const crashes = samples().flatMap(({ file, label, bytes }) => {
      if (label !== 'malformed') return [];
      try {
        expect(JSON.stringify(read(bytes)).length).toBeLessThan(512 * 1024);
        return [];
      } catch (error) {
        return error instanceof CodedError ? [] : [`${file}: ${String(error)}`];
      }
    });
    expect(crashes).toEqual([]);
  });

  it.skipIf(spawnSync('dcm2json', ['--version']).error)(
    'labelled valid says what DCMTK reads in it',
    () => {
      const skipped: string[] = [];
      const differences = samples().flatMap(({ file, label, bytes }) => {
        // DCMTK prints the pixels as well, which takes long for the large ones.
        if (label !== 'valid' || bytes.length > 150_000) return [];
        const theirs = readByDcmtk(join(folder, file));
        if (theirs === undefined) return (skipped.push(file), []);
        const ours = read(bytes).facts;
        return routingElements.flatMap((element) => {
          const tag = element.tag.toString(16).padStart(8, '0').toUpperCase();
          const expected = theirs[tag] && (theirs[tag].Value ?? []).map(valueText).join('\\').replace(/\0+$/, '');
          const found = ours[element.keyword];
          // DCMTK converts to UTF-8 and says so, leaves UN alone, and does not read Chinese in Patient's Sex.
          if (element.keyword === 'SpecificCharacterSet' || expected?.includes('\uFFFD')) return [];
          if (theirs[tag]?.vr === 'UN') return [];
          if (expected === undefined && found === undefined) return [];
          return comparable(expected ?? '(absent)', element) === comparable(found ?? '(absent)', element)
            ? []
            : [`${file} ${element.keyword}: ${JSON.stringify(expected)} is read as ${JSON.stringify(found)}`];
        });
      });
      expect(differences).toEqual([]);
      expect(skipped.length).toBeLessThan(20);
    },
    120_000,
  );
});
