import { expect, it } from 'vitest';
import { readerOf } from './reader-of.js';

const request = (headers: Readonly<Record<string, string>>, ip = '10.0.0.7') => ({ headers, ip });

it('is nobody where nobody says anything', () => {
  expect(readerOf(request({}), undefined)).toEqual({ kind: 'peer', name: 'anonymous', address: '10.0.0.7' });
});

it('is a peer that claims a name', () => {
  expect(readerOf(request({ 'waystation-reader': 'huber' }), undefined)).toMatchObject({ kind: 'peer', name: 'huber' });
});

it('is the user whom the proxy names, whatever the client claims', () => {
  const headers = { 'waystation-reader': 'huber', 'x-forwarded-user': 'keller' };
  expect(readerOf(request(headers), 'X-Forwarded-User')).toMatchObject({ kind: 'user', name: 'keller' });
});

it('believes no proxy that the settings do not name', () => {
  expect(readerOf(request({ 'x-forwarded-user': 'keller' }), undefined)).toMatchObject({ name: 'anonymous' });
});

it('is called by nothing that a terminal acts on, and by nothing endless', () => {
  const { name } = readerOf(request({ 'waystation-reader': `\u001b[2J${'x'.repeat(500)}` }), undefined);
  expect(name).toBe(`[2J${'x'.repeat(197)}`);
});

it('has an address of version 4 where it came by one', () => {
  expect(readerOf(request({}, '::ffff:10.0.0.7'), undefined)).toMatchObject({ address: '10.0.0.7' });
  expect(readerOf(request({}, 'fe80::1'), undefined)).toMatchObject({ address: 'fe80::1' });
});
