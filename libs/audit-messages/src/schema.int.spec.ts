import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleMessages, reporter, sampleEvent, subjectTo } from '../test/example-messages.js';
import { auditMessagesOf } from './audit-messages-of.js';
import { renderAuditMessage } from './render-audit-message.js';

const run = promisify(execFile);
const schema = fileURLToPath(new URL('../test/audit-message.rng', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-messages-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What xmllint says of documents; empty for valid ones. */
const complaintsAbout = async (documents: readonly string[]): Promise<string> => {
  const files = documents.map((_, index) => join(folder, `${index}.xml`));
  await Promise.all(files.map((file, index) => writeFile(file, documents[index] ?? '')));
  const { stderr } = await run('xmllint', ['--noout', '--nonet', '--relaxng', schema, ...files]).catch(
    (error: unknown) => error as { stderr: string },
  );
  return stderr
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith(' validates'))
    .join('\n');
};

describe('The schema of PS3.15 A.5.1.1', () => {
  it('takes every message that there is', async () => {
    const documents = exampleMessages().map(renderAuditMessage);
    expect(documents.length).toBeGreaterThan(15);
    expect(await complaintsAbout(documents)).toBe('');
  });

  it.each([
    ['without a participant', /<ActiveParticipant .*<\/ActiveParticipant>/s, ''],
    ['without a source', /<AuditSourceIdentification.*<\/AuditSourceIdentification>/s, ''],
    ['with an outcome that is none', 'EventOutcomeIndicator="0"', 'EventOutcomeIndicator="1"'],
    ['with a time that is none', /EventDateTime="[^"]*"/, 'EventDateTime="yesterday"'],
    ['with a code without its meaning', / originalText="[^"]*"/, ''],
    ['with a surprise', '<AuditMessage>', '<AuditMessage><Surprise/>'],
  ])('refuses one %s', async (_what, pattern, replacement) => {
    const [message] = auditMessagesOf(sampleEvent('series.completed.v1'), subjectTo(), reporter);
    if (!message) throw new Error('a completion makes a message');
    const document = renderAuditMessage(message);
    expect(document.replace(pattern, replacement)).not.toBe(document);
    expect(await complaintsAbout([document.replace(pattern, replacement)])).not.toBe('');
  });

  it('takes whatever peers and people call themselves', async () => {
    const names = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), { numRuns: 60, seed: 7 });
    const documents = names.flatMap((name) => [
      ...auditMessagesOf(sampleEvent('association.rejected.v1', { callingAeTitle: name, reason: name }), {}, reporter),
      ...auditMessagesOf(sampleEvent('configuration.published.v1', { author: name, reason: name }), {}, reporter),
      ...auditMessagesOf(sampleEvent('delivery.failed.v1', { reason: name }), subjectTo(), reporter),
    ]);
    expect(await complaintsAbout(documents.map(renderAuditMessage))).toBe('');
  });
});
