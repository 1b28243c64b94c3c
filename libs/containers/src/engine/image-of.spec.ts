import { describe, expect, it } from 'vitest';
import { imageOf } from './image-of.js';

const id = `sha256:${'a'.repeat(64)}`;
const first = `sha256:${'b'.repeat(64)}`;
const second = `sha256:${'c'.repeat(64)}`;

describe('imageOf', () => {
  it('has the digest of the manifest by the name that was asked for', () => {
    const RepoDigests = [`elsewhere:5000/module@${first}`, `here:5000/module@${second}`];
    expect(imageOf('here:5000/module:1', { Id: id, RepoDigests })).toEqual({
      reference: 'here:5000/module:1',
      id,
      digest: second,
      volumes: [],
    });
  });

  it('has the digest that was asked for', () => {
    expect(imageOf(`here/module@${first}`, { Id: id, RepoDigests: [] }).digest).toBe(first);
  });

  it('has the digest of the configuration where no registry gave one', () => {
    expect(imageOf('module', { Id: 'a'.repeat(64), RepoDigests: null }).digest).toBe(id);
  });

  it('knows the volumes', () => {
    expect(imageOf('module', { Id: id, Config: { Volumes: { '/data': {} } } }).volumes).toEqual(['/data']);
  });

  it('refuses a description without a digest', () => {
    expect(() => imageOf('module', {})).toThrow(/no digest of the image module/);
  });
});
