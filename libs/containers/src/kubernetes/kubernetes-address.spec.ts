import { describe, expect, it } from 'vitest';
import { parseKubernetesAddress } from './kubernetes-address.js';

describe('parseKubernetesAddress', () => {
  it.each([
    ['kubernetes://ns/claim', { namespace: 'ns', claim: 'claim', gpu: 'nvidia.com/gpu' }],
    [
      'kubernetes://a-1/b.c?gpu=amd.com%2Fgpu&runtimeClass=gvisor',
      { namespace: 'a-1', claim: 'b.c', gpu: 'amd.com/gpu', runtimeClass: 'gvisor' },
    ],
  ])('reads %s', (text, address) => {
    expect(parseKubernetesAddress(text)).toEqual(address);
  });

  it.each([
    'kubernetes://',
    'kubernetes://ns',
    'kubernetes://NS/claim',
    'kubernetes://ns/a/b',
    'kubernetes://ns/claim?x=1',
  ])('refuses %j', (text) => {
    expect(() => parseKubernetesAddress(text)).toThrow(expect.objectContaining({ code: 'container.engine-address' }));
  });
});
