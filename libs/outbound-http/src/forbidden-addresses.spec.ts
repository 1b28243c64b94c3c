import { expect, it } from 'vitest';
import { assertAllowedHost } from './forbidden-addresses.js';

it.each([
  '169.254.169.254',
  '[fe80::1]',
  '[::ffff:169.254.169.254]',
  '0.0.0.0',
  '[::]',
  '239.1.2.3',
  '[fd00:ec2::254]',
])('refuses %s', (host) => {
  expect(() => assertAllowedHost(host)).toThrow(expect.objectContaining({ code: 'webhook.forbidden-address' }));
});

it.each(['10.0.0.7', '192.168.1.1', '172.16.3.4', '127.0.0.1', '[::1]', '[fd12::7]', 'ris.hospital.example'])(
  'allows %s',
  (host) => {
    expect(() => assertAllowedHost(host)).not.toThrow();
  },
);
