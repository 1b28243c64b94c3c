import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyRing } from './key-ring.js';
import { LocalKeyEncryption } from './local-key-encryption.js';
import { parseKey } from './parse-key.js';

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((each) => Buffer.from(each));

describe('a wrapped key', () => {
  it('unwraps to what it was, in its context and by its key alone', async () => {
    await fc.assert(
      fc.asyncProperty(bytes(32), bytes(32), fc.string(), async (secret, key, context) => {
        const encryption = new LocalKeyEncryption(secret);
        const wrapped = await encryption.wrap(key, context);
        expect(await encryption.unwrap(wrapped, context)).toEqual(key);
        expect(wrapped.includes(key)).toBe(false);
        await expect(encryption.unwrap(wrapped, `${context}!`)).rejects.toMatchObject({ code: 'identity.damaged' });
        const other = new LocalKeyEncryption(randomBytes(32));
        await expect(other.unwrap(wrapped, context)).rejects.toMatchObject({ code: 'identity.damaged' });
      }),
    );
  });

  it('is never the same twice', async () => {
    const encryption = new LocalKeyEncryption(randomBytes(32));
    const key = randomBytes(32);
    expect(await encryption.wrap(key, 'a')).not.toEqual(await encryption.wrap(key, 'a'));
  });

  it('does not unwrap when it is cut or changed', async () => {
    const encryption = new LocalKeyEncryption(randomBytes(32));
    const wrapped = await encryption.wrap(randomBytes(32), 'a');
    for (let at = 0; at < wrapped.length; at++) {
      const changed = Buffer.from(wrapped);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await expect(encryption.unwrap(changed, 'a')).rejects.toMatchObject({ code: 'identity.damaged' });
      await expect(encryption.unwrap(wrapped.subarray(0, at), 'a')).rejects.toMatchObject({ code: 'identity.damaged' });
    }
  });
});

describe('a ring of keys', () => {
  const [old, current] = [new LocalKeyEncryption(randomBytes(32)), new LocalKeyEncryption(randomBytes(32))];

  it('wraps by the current one and unwraps by either', async () => {
    const ring = new KeyRing(current, old);
    const key = randomBytes(32);
    const wrapped = await ring.wrap(key, 'a');
    expect(wrapped.kekId).toBe(current.id);
    expect(await ring.unwrap(wrapped, 'a')).toEqual(key);
    expect(await ring.unwrap({ wrapped: await old.wrap(key, 'a'), kekId: old.id }, 'a')).toEqual(key);
  });

  it('says which key it lacks', async () => {
    const wrapped = { wrapped: await old.wrap(randomBytes(32), 'a'), kekId: old.id };
    await expect(new KeyRing(current).unwrap(wrapped, 'a')).rejects.toMatchObject({
      code: 'identity.wrong-key',
      message: `key a is wrapped by key ${old.id}; at hand: ${current.id}`,
    });
  });
});

describe('a key in a setting', () => {
  it('is 32 bytes in base64 or hexadecimal, with or without an end of line', () => {
    fc.assert(
      fc.property(bytes(32), fc.constantFrom('', '\n', '\r\n'), (key, end) => {
        expect(parseKey(key.toString('base64') + end, 'here')).toEqual(key);
        expect(parseKey(key.toString('hex') + end, 'here')).toEqual(key);
      }),
    );
  });

  it.each(['', 'password', randomBytes(16).toString('base64'), randomBytes(33).toString('base64'), 'g'.repeat(64)])(
    'is refused, and not shown, where it is anything else: %s',
    (text) => {
      let refusal: unknown;
      try {
        parseKey(text, 'identity.keyFile /here');
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toMatchObject({ code: 'identity.invalid-key' });
      expect(String(refusal)).toContain(`identity.keyFile /here holds ${text.length} characters`);
      if (text !== '') expect(String(refusal)).not.toContain(text);
    },
  );
});
