import { describe, expect, it } from 'vitest';
import { secretsOf, signRequest } from './sign-request.js';

const request = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', at: 1_614_265_330_000 };

describe('signRequest', () => {
  it('signs as the example of Standard Webhooks does', () => {
    expect(signRequest(request, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('signs with each secret, and with none where there is none', () => {
    const { 'webhook-signature': both } = signRequest(request, ['one', 'two']);
    const [one, two] = ['one', 'two'].map((secret) => signRequest(request, [secret])['webhook-signature']);
    expect(both).toBe(`${one} ${two}`);
    expect(signRequest(request, [])).not.toHaveProperty('webhook-signature');
  });
});

it('reads secrets from lines', () => {
  expect(secretsOf('new secret\r\n\n  old\n')).toEqual(['new secret', 'old']);
});
