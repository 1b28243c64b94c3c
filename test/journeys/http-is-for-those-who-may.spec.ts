import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  launchStandalone,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';

const TOKEN = 'a-token-that-nobody-guesses';

// REQ-START-5, REQ-START-6: HTTP is for those who have business there, and settings that would open it are refused.
describe('HTTP', () => {
  let folder: string;
  let system: Standalone;
  const url = (path: string): string => `${system.waystation.url}${path}`;

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  /** Status of a request with headers that fetch does not let anybody set. */
  const statusWith = (headers: Readonly<Record<string, string>>, method = 'GET'): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(system.waystation.url);
      request({ hostname, port, path: '/api/series', method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

  it('is kept from pages of other sites that a browser has open', async () => {
    const own = new URL(system.waystation.url);
    expect(await statusWith({ host: own.host })).toBe(200);
    expect(await statusWith({ host: `localhost:${own.port}` })).toBe(200);
    expect(await statusWith({ host: own.host, origin: own.origin })).toBe(200);
    expect(await statusWith({ host: own.host, origin: 'https://elsewhere.example' })).toBe(403);
    expect(await statusWith({ host: own.host, origin: 'null' }, 'POST')).toBe(403);
    expect(await statusWith({ host: 'rebound.example' })).toBe(403);
    expect(await statusWith({ host: `127.0.0.1.rebound.example:${own.port}` })).toBe(403);
  });

  describe('where a token is set', () => {
    const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

    beforeAll(async () => {
      await system.program.stop();
      system = await startStandalone(join(folder, 'data'), { WAYSTATION_API_TOKEN: TOKEN });
    });

    it('is for those who show it', async () => {
      expect((await fetch(url('/api/series'), bearer(TOKEN))).status).toBe(200);
      const { code, stdout } = await system.waystation.run('series', '--token', TOKEN);
      expect([code, stdout.trim()]).toEqual([0, 'no such series']);
    });

    it.each([
      ['GET', '/api/series'],
      ['GET', '/api/configuration'],
      ['GET', '/api/verify'],
      ['PUT', '/api/configuration'],
      ['POST', '/api/rebuild'],
    ])('is refused to others: %s %s', async (method, path) => {
      for (const init of [{}, bearer('another'), bearer(''), { headers: { authorization: TOKEN.slice(0, -1) } }]) {
        const response = await fetch(url(path), { method, ...init });
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ code: 'http.401', message: expect.stringContaining('Bearer') });
      }
      const { code, stderr } = await system.waystation.run('series');
      expect([code, stderr]).toEqual([1, expect.stringContaining('WAYSTATION_API_TOKEN')]);
    });

    it.each(['/health/live', '/health/ready', '/api/docs', '/api/openapi.json'])(
      'is still open at %s, which says nothing of anybody',
      async (path) => {
        expect((await fetch(url(path))).status).toBe(200);
      },
    );

    it('does not write the token down', () => {
      expect(system.program.output).not.toContain(TOKEN);
    });
  });

  it('stays on this machine where no token is set', async () => {
    const program = launchStandalone(join(folder, 'other'), { WAYSTATION_HTTP_HOST: '0.0.0.0' });
    expect(await program.end()).toBe(1);
    expect(program.output).toContain('HTTP would listen on 0.0.0.0');
    expect(program.output).toContain('WAYSTATION_API_TOKEN');
  });

  it('and everything else does not start where settings are wrong, and all that is wrong is named', async () => {
    const program = launchStandalone(join(folder, 'other'), {
      WAYSTATION_DICOM_PORT: 'eleven',
      WAYSTATION_HTPP_PORT: '8080',
      WAYSTATION_DICOM_AE_TITLE: 'A TITLE THAT IS TOO LONG',
    });
    expect(await program.end()).toBe(1);
    for (const name of ['WAYSTATION_DICOM_PORT', 'WAYSTATION_HTPP_PORT', 'WAYSTATION_DICOM_AE_TITLE'])
      expect(program.output).toContain(name);
  });
});
