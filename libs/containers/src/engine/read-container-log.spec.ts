import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { FollowedLog } from '../log/followed-log.js';
import { EngineConnection } from './engine-connection.js';
import { readContainerLog } from './read-container-log.js';

const frame = (text: string): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
};

/** What engines do now and then, and cannot be made to do: hang, break off, or end too early, while they follow. */
describe('readContainerLog, followed,', () => {
  let server: Server;
  afterEach(() => server.close().closeAllConnections());

  const logOf = async (followed: 'hangs' | 'breaks' | 'ends' | 'ends early', isThere: boolean): Promise<string> => {
    let first = (): void => undefined;
    const begun = new Promise<void>((resolve) => (first = resolve));
    server = createServer(({ url = '' }, answer) => {
      if (url.includes('follow=false')) {
        if (isThere) answer.end(Buffer.concat([frame('one\n'), frame('two\n')]));
        else answer.writeHead(404).end('{"message":"no such container"}');
        return;
      }
      answer.write(followed === 'ends' ? Buffer.concat([frame('one\n'), frame('two\n')]) : frame('one\n'));
      if (followed.startsWith('ends')) answer.end();
      if (followed === 'breaks') setTimeout(() => answer.destroy(), 50);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    let text = '';
    const engine = new EngineConnection({ host: '127.0.0.1', port });
    const log = new FollowedLog(
      readContainerLog(engine, 'id'),
      (bytes) => {
        text += Buffer.from(bytes).toString('utf8');
        first();
      },
      { endsWhole: false },
    );
    await begun;
    await log.complete();
    return text;
  };

  it.each(['hangs', 'breaks', 'ends', 'ends early'] as const)(
    'is whole and nothing comes twice where following it %s',
    async (how) => {
      expect(await logOf(how, true)).toBe('one\ntwo\n');
    },
  );

  it('says that something is missing', async () => {
    expect(await logOf('breaks', false)).toMatch(/^one\n\[the rest of the log was lost: .*no such container\]\n$/);
  });
});
