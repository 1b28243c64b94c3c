import { expect, test } from 'vitest';
import { socketFolderOf } from './socket-folder.js';

test('a socket lies in the data folder, unless its path is too long, Postgres would take it for two, or there are none', () => {
  expect(socketFolderOf('/var/lib/waystation', 'linux')).toBe('/var/lib/waystation');
  expect(socketFolderOf(`/${'long/'.repeat(20)}`, 'linux')).toBeUndefined();
  expect(socketFolderOf(`/${'ü'.repeat(45)}`, 'darwin')).toBeUndefined();
  expect(socketFolderOf('/a,b', 'linux')).toBeUndefined();
  expect(socketFolderOf('C:/waystation', 'win32')).toBeUndefined();
});
