import { checkSubmission, knownTagsOf } from '@waystation/domain';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AnonymizerSettings } from './anonymizer-settings.js';

it('the configuration in the how-to is one, with settings that the anonymizer takes', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/how-to/anonymize.md'), 'utf8');
  const [, block = ''] = /^```json\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const configuration = JSON.parse(block) as { readonly modules: readonly { readonly settings: object }[] };
  expect(checkSubmission(configuration, knownTagsOf).problems).toEqual([]);
  expect(() => AnonymizerSettings.parse(configuration.modules[0]?.settings)).not.toThrow();
});
