import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContainerModule } from '@waystation/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAccess } from './container-access.js';

const module = (more: object): ContainerModule =>
  ContainerModule.parse({ kind: 'container', name: 'm', image: 'i', ...more });

describe('checkAccess', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waystation-binds-'));
    await mkdir(join(folder, 'models/ct'), { recursive: true });
    await symlink('/etc', join(folder, 'models/elsewhere'));
  });
  afterAll(async () => rm(folder, { recursive: true, force: true }));

  const check = async (more: object, root = false): Promise<void> =>
    checkAccess(module(more), { binds: [join(folder, 'models')], root });
  const bind = (source: string): object => ({ binds: [{ source, target: '/x' }] });

  it.each(['models', 'models/ct', 'models/not-there'])('lets a module see %s', async (path) => {
    await expect(check(bind(join(folder, path)))).resolves.toBeUndefined();
  });

  it.each(['', 'models-too', 'models/../secret', 'models/elsewhere', 'models/elsewhere/ssl'])(
    'lets no module see %j',
    async (path) => {
      await expect(check(bind(`${folder}/${path}`))).rejects.toMatchObject({
        code: 'container.bind-refused',
        details: { retryable: false },
      });
    },
  );

  it('lets a module be root where the settings say so', async () => {
    await expect(check({ root: true })).rejects.toMatchObject({ code: 'container.root-refused' });
    await expect(check({ root: true }, true)).resolves.toBeUndefined();
  });
});
