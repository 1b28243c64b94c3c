import { readFile } from 'node:fs/promises';
import { checkSubmission, knownTagsOf } from '@waystation/domain';
import { expect, it } from 'vitest';

it('shows a configuration in its how-to that can be published', async () => {
  const page = await readFile(new URL('../../../docs/how-to/run-a-container.md', import.meta.url), 'utf8');
  const [, configuration = ''] = /^```json\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const asked = JSON.parse(configuration) as object;
  const targets = [{ name: 'pacs', kind: 'folder', path: '/pacs' }];
  expect(checkSubmission({ ...asked, targets }, knownTagsOf).problems).toEqual([]);
});
