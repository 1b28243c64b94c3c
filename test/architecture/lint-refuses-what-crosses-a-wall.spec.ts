import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harmless, impurities } from './purity-cases.js';
import { projects, root } from './workspace.js';

const breaches: readonly (readonly [what: string, file: string, source: string, complaint: string])[] = [
  [
    'an app that imports an app',
    'apps/ingest/src/a.ts',
    "import { x } from '@waystation/routing';\nx();",
    'may not see @waystation/routing (app)',
  ],
  [
    'an app that loads an app later',
    'apps/ingest/src/b.ts',
    "export const x = import('@waystation/routing');",
    'may not see @waystation/routing (app)',
  ],
  [
    'production that imports tests',
    'apps/ingest/src/c.ts',
    "import { x } from '@waystation/testing';\nx();",
    'may not see @waystation/testing (testing)',
  ],
  [
    'infrastructure that imports an app',
    'libs/event-log/src/a.ts',
    "export * from '@waystation/ingest';",
    'may not see @waystation/ingest (app)',
  ],
  [
    'a domain that imports infrastructure',
    'libs/domain/src/a.ts',
    "import { x } from '@waystation/event-log';\nx();",
    'may not see @waystation/event-log (infrastructure)',
  ],
  [
    'a contract that imports the domain',
    'libs/events/src/a.ts',
    "import type { X } from '@waystation/domain';\nexport type Y = X;",
    'may not see @waystation/domain (domain)',
  ],
  [
    'a kernel that imports anything',
    'libs/kernel/src/a.ts',
    "import { x } from '@waystation/events';\nx();",
    'may not see @waystation/events (contract)',
  ],
  [
    'a driver in the domain',
    'libs/domain/src/b.ts',
    "import { Pool } from 'pg';\nnew Pool();",
    'is pure: it may not use pg',
  ],
  [
    'a framework in the rules',
    'libs/rules/src/a.ts',
    "import { Injectable } from '@nestjs/common';\nInjectable();",
    'is pure: it may not use @nestjs/common',
  ],
  [
    'files in the reading of DICOM',
    'libs/dicom/src/a.ts',
    "import { readFileSync } from 'node:fs';\nreadFileSync('x');",
    'is pure: it may not use node:fs',
  ],
  [
    'sockets in the reading of DICOM',
    'libs/dicom/src/b.ts',
    "import { connect } from 'net';\nconnect(1);",
    'is pure: it may not use net',
  ],
  [
    'an import that leaves its project',
    'libs/domain/src/f.ts',
    "import { x } from '../../kernel/src/index.js';\nx();",
    'a relative import may not leave @waystation/domain',
  ],
  [
    'a package that nobody declared',
    'libs/kernel/src/b.ts',
    "import { z } from 'zod';\nz.string();",
    'zod is not declared in the package.json of @waystation/kernel',
  ],
  [
    'a project that imports itself by name',
    'libs/domain/src/g.ts',
    "import { x } from '@waystation/domain';\nx();",
    'may not import itself by name',
  ],
  ...impurities.map(
    ([what, source, complaint], index) =>
      [`${what} in the domain`, `libs/domain/src/impure-${index}.ts`, source, complaint] as const,
  ),
];
const inOrder: readonly (readonly [what: string, file: string, source: string])[] = [
  ['an app that imports what lies below it', 'apps/ingest/src/z.ts', "import { x } from '@waystation/domain';\nx();"],
  ['the one app that composes the others', 'apps/standalone/src/z.ts', "import { x } from '@waystation/ingest';\nx();"],
  ...harmless.map(
    ([what, source], index) => [`${what} in the domain`, `libs/domain/src/harmless-${index}.ts`, source] as const,
  ),
  ...impurities.map(
    ([what, source], index) =>
      [`${what} outside the pure layers`, `apps/ingest/src/impure-${index}.ts`, source] as const,
  ),
  [
    'a test that imports what tests are made of',
    'libs/domain/src/z.spec.ts',
    "import { x } from '@waystation/testing';\nx();",
  ],
];

// Even what a package.json allows, the walls do not.
const tempting: Readonly<Record<string, readonly string[]>> = {
  'apps/ingest': ['@waystation/routing', '@waystation/testing'],
  'libs/event-log': ['@waystation/ingest'],
  'libs/domain': ['@waystation/event-log', 'pg'],
  'libs/events': ['@waystation/domain'],
  'libs/kernel': ['@waystation/events'],
  'libs/rules': ['@nestjs/common'],
};

/** The rules and projects of the house in a folder of its own, with these files as its only source. */
const buildHouse = (house: string, files: readonly (readonly [string, string])[]) => {
  for (const path of ['.oxlintrc.json', 'tools/lint']) cpSync(join(root, path), join(house, path), { recursive: true });
  writeFileSync(join(house, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(house, 'node_modules/@waystation'), { recursive: true });
  for (const { folder, manifest } of projects) {
    const extra = (tempting[folder] ?? []).map((name) => [name, '*']);
    const dependencies = { ...manifest.dependencies, ...(Object.fromEntries(extra) as Record<string, string>) };
    mkdirSync(join(house, folder, 'src'), { recursive: true });
    writeFileSync(join(house, folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
    symlinkSync(join(house, folder), join(house, 'node_modules', manifest.name), 'junction');
  }
  for (const [file, source] of files) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), `${source}\n`);
  }
};

interface Report {
  readonly diagnostics: readonly { readonly filename: string; readonly code?: string; readonly message: string }[];
}

describe('the lint rule of the house', () => {
  const house = mkdtempSync(join(tmpdir(), 'waystation-walls-'));
  let report: Report = { diagnostics: [] };
  const complaintsAbout = (file: string) =>
    report.diagnostics
      .filter(
        ({ filename, code }) => filename.replaceAll('\\', '/').endsWith(file) && code?.includes('module-boundaries'),
      )
      .map(({ message }) => message);

  beforeAll(() => {
    buildHouse(
      house,
      [...breaches, ...inOrder].map(([, file, source]) => [file, source] as const),
    );
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '--format', 'json', 'apps', 'libs'], {
      cwd: house,
      encoding: 'utf8',
    });
    if (!stdout.trimStart().startsWith('{')) throw new Error(`oxlint reported nothing: ${stdout}${stderr}`);
    report = JSON.parse(stdout) as Report;
  });
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it.each(breaches)('refuses %s', (_what, file, _source, complaint) => {
    expect(complaintsAbout(file)).toEqual([expect.stringContaining(complaint)]);
  });

  it.each(inOrder)('lets %s be', (_what, file) => {
    expect(complaintsAbout(file)).toEqual([]);
  });
});
