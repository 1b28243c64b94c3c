import { CodedError } from '@waystation/kernel';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ElementsByTag } from '../dictionary/routing-element.js';
import type { Vr } from '../dictionary/value-representations.js';
import { routingHeader } from '../dictionary/wanted-elements.js';
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

/** A data set in the JSON model of PS3.18 annex F. */
type Json = Readonly<Record<string, { readonly vr: Vr; readonly Value?: readonly unknown[] }>>;

/** What DCMTK reads. It leaves a comma where it gives up on compressed pixels, and gives up on some character sets. */
const readByDcmtk = (path: string): Json | undefined => {
  const { stdout } = spawnSync('dcm2json', ['-q', path], { encoding: 'utf8', maxBuffer: 1e9 });
  try {
    return JSON.parse(stdout.replace(/,\s*\}\s*$/, '}')) as Json;
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
const comparable = (text: string, vr: Vr): string => {
  const short = vr === 'FL' ? Math.fround : Number;
  if (['DS', 'IS', 'FL', 'FD'].includes(vr)) return text.replace(/[^\\]+/g, (number) => String(short(Number(number))));
  return vr === 'PN' ? text.replace(/\^+(?==|$)/g, '').replace(/=+$/, '') : text;
};

const digits = (tag: number): string => tag.toString(16).padStart(8, '0').toUpperCase();

/** What DCMTK's data set says of these elements. What it leaves alone (UN) has no text. */
const factsIn = (json: Json, elements: ElementsByTag, prefix = ''): Record<string, { text?: string; vr: Vr }> => {
  const facts: Record<string, { text?: string; vr: Vr }> = {};
  for (const { keyword, tag, items } of elements.values()) {
    const found = json[digits(tag)];
    if (found === undefined || tag === 0x00080005) continue;
    const { vr, Value = [] } = found;
    if (items === undefined) {
      const text = Value.map(valueText).join('\\').replace(/\0+$/, '');
      facts[prefix + keyword] = vr === 'UN' ? { vr } : { vr, text: comparable(text, vr) };
    } else if (vr === 'SQ') {
      const inItems = (Value as readonly Json[]).map((item, at) => factsIn(item, items, `${prefix}${keyword}[${at}].`));
      Object.assign(facts, ...inItems);
    }
  }
  return facts;
};

/** The same of private elements, wherever their blocks are. */
const privateFactsIn = (json: Json): ReturnType<typeof factsIn> => {
  const facts: ReturnType<typeof factsIn> = {};
  for (const [tag, { Value = [] }] of Object.entries(json)) {
    const elements = /^...[13579BDF]00[1-9A-F]./.test(tag) ? routingHeader.byCreator.get(String(Value[0])) : undefined;
    const block = tag.slice(6);
    const moved = [...(elements?.values() ?? [])]
      .filter((element) => digits(element.tag).startsWith(tag.slice(0, 4)))
      .map((element) => ({
        ...element,
        tag: Number.parseInt(tag.slice(0, 4) + block + digits(element.tag).slice(6), 16),
      }));
    Object.assign(facts, factsIn(json, new Map(moved.map((element) => [element.tag, element]))));
  }
  return facts;
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

  // The examples of PS3.5 annexes H and I, of which DCMTK reads the Korean ones only.
  it.each([
    ['chrH31', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['chrH32', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう'],
    ['chrI2', 'Hong^Gildong=洪^吉洞=홍^길동'],
    ['chrJapMulti', 'やまだ^たろう'],
    ['chrJapMultiExplicitIR6', 'やまだ^たろう'],
    ['chrKoreanMulti', '김희중'],
  ])('names the patient of %s', (file, name) => {
    const { facts, warnings } = read(readFileSync(join(folder, 'pydicom/charset_files', `${file}.dcm`)));
    expect(facts['PatientName']).toBe(name);
    expect(warnings).toEqual([]);
  });

  it.skipIf(spawnSync('dcm2json', ['--version']).error)(
    'labelled valid says what DCMTK reads in it',
    () => {
      const skipped: string[] = [];
      let compared = 0;
      const differences = samples().flatMap(({ file, label, bytes }) => {
        // DCMTK prints the pixels as well, which takes long for the large ones.
        if (label !== 'valid' || bytes.length > 150_000) return [];
        const theirs = readByDcmtk(join(folder, file));
        if (theirs === undefined) return (skipped.push(file), []);
        const ours = read(bytes).facts;
        const expected = { ...factsIn(theirs, routingHeader.byTag), ...privateFactsIn(theirs) };
        compared += Object.keys(expected).filter((name) => /[[(]/.test(name)).length;
        const names = new Set([...Object.keys(expected), ...Object.keys(ours)]);
        return [...names].flatMap((name) => {
          const their = expected[name];
          // DCMTK converts to UTF-8 and says so, and does not read Chinese in Patient's Sex.
          if (name === 'SpecificCharacterSet' || their?.text?.includes('\uFFFD') || their?.vr === 'UN') return [];
          const found = ours[name] === undefined ? undefined : comparable(ours[name], their?.vr ?? 'LO');
          return found === their?.text
            ? []
            : [`${file} ${name}: ${JSON.stringify(their?.text)} is read as ${JSON.stringify(found)}`];
        });
      });
      expect(differences).toEqual([]);
      expect(skipped.length).toBeLessThan(20);
      expect(compared).toBeGreaterThan(100);
    },
    120_000,
  );
});
