import { describe, expect, it } from 'vitest';
import { describeSettings } from './describe-settings.js';
import { settings } from './settings-table.js';

describe('describeSettings', () => {
  it('has one row for every setting and no cell that breaks the table', () => {
    const rows = describeSettings()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    for (const [, { key, env }] of settings)
      expect(rows.filter((line) => line.startsWith(`| \`${key}\` | \`${env}\` | `))).toHaveLength(1);
    expect(rows.every((line) => /[.] \|$/.test(line))).toBe(true);
    expect(rows.filter((line) => line.startsWith('| `WAYSTATION_'))).toHaveLength(3);
  });
});

describe('the table of settings', () => {
  it('uses each key and each variable once', () => {
    expect(new Set(settings.map(([, { key }]) => key)).size).toBe(settings.length);
    expect(new Set(settings.map(([, { env }]) => env)).size).toBe(settings.length);
  });

  it('has defaults that are valid', () => {
    for (const [, { fallback, fromText, schema }] of settings)
      if (fallback !== undefined) expect(schema.safeParse(fromText(fallback)).success).toBe(true);
  });
});
