import { describe, expect, it } from 'vitest';
import { authorshipOf, type AuthoredRequest } from './authorship-of.js';

const request = (more: Partial<AuthoredRequest> = {}): AuthoredRequest => ({
  headers: {},
  query: {},
  ip: '127.0.0.1',
  ...more,
});
const claimed = { query: { author: 'huber', reason: 'new archive' } };
const fromProxy = { headers: { 'x-forwarded-user': 'keller' } };

describe('who changes something', () => {
  it('is whoever says so, where no proxy is asked', () => {
    expect(authorshipOf(request(claimed), undefined)).toEqual({
      author: 'huber',
      reason: 'new archive',
      actor: { kind: 'user', name: 'huber', address: '127.0.0.1' },
    });
  });

  it('says so in a body as well', () => {
    expect(authorshipOf(request({ body: { author: 'huber', reason: 'asked' } }), undefined)).toMatchObject({
      author: 'huber',
      reason: 'asked',
    });
  });

  it('is whoever uses the client, where it names nobody else', () => {
    expect(authorshipOf(request({ headers: { 'waystation-reader': 'huber' } }), undefined)).toMatchObject({
      author: 'huber',
      reason: '',
    });
    expect(authorshipOf(request({ query: { author: '' } }), undefined)).toMatchObject({ author: 'operator' });
  });

  it('is whom the proxy names, also where nobody is claimed or somebody else uses the client', () => {
    const headers = { ...fromProxy.headers, 'waystation-reader': 'root' };
    expect(authorshipOf(request({ headers, query: { reason: 'why' } }), 'X-Forwarded-User')).toEqual({
      author: 'keller',
      reason: 'why',
      actor: { kind: 'user', name: 'keller', address: '127.0.0.1' },
    });
    expect(authorshipOf(request({ ...fromProxy, query: { author: 'keller' } }), 'X-Forwarded-User')).toMatchObject({
      author: 'keller',
    });
  });

  it('is nobody whom the proxy does not name', () => {
    expect(() => authorshipOf(request({ ...fromProxy, ...claimed }), 'X-Forwarded-User')).toThrow(
      expect.objectContaining({
        code: 'authorship.not-you',
        message:
          "the proxy says that this is 'keller', the request says 'huber': expected one name, or none in the request",
      }),
    );
  });

  it('is no user where it came past the proxy', () => {
    expect(authorshipOf(request(claimed), 'X-Forwarded-User').actor).toMatchObject({ kind: 'peer', name: 'huber' });
  });

  it('is not heard of by a header that the settings do not name', () => {
    expect(authorshipOf(request({ ...fromProxy, ...claimed }), undefined)).toMatchObject({ author: 'huber' });
  });

  it.each([
    { query: { author: 'x'.repeat(201) } },
    { query: { reason: 'x'.repeat(1001) } },
    { query: { author: ['huber', 'keller'] } },
  ])('is refused where it is no name, or no reason', (more) => {
    expect(() => authorshipOf(request(more), undefined)).toThrow(/author|reason/);
  });
});
