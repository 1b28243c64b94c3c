import { describe, expect, it } from 'vitest';
import { parseEngineAddress } from './engine-address.js';

describe('parseEngineAddress', () => {
  it.each([
    ['unix:///var/run/docker.sock', { socketPath: '/var/run/docker.sock' }],
    ['http://engine:2375', { host: 'engine', port: 2375 }],
    ['http://engine/', { host: 'engine', port: 80 }],
  ])('reads %s', (text, address) => {
    expect(parseEngineAddress(text)).toEqual(address);
  });

  it.each([
    '',
    'unix://relative',
    '/var/run/docker.sock',
    'https://engine',
    'http://user@engine',
    'http://engine/path',
  ])('refuses %j', (text) => {
    expect(() => parseEngineAddress(text)).toThrow(expect.objectContaining({ code: 'container.engine-address' }));
  });
});
