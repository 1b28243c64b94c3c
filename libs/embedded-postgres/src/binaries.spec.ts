import { expect, test } from 'vitest';
import { findPostgresBinaries } from './binaries.js';

test('a platform without binaries is told the way out', async () => {
  await expect(findPostgresBinaries('plan9-vax')).rejects.toMatchObject({
    code: 'embedded-postgres.no-binaries',
    message: expect.stringMatching(/plan9-vax.*WAYSTATION_DATABASE_URL/) as string,
  });
});
