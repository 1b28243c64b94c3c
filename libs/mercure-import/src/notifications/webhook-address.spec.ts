import { expect, it } from 'vitest';
import { webhookAddress } from './webhook-address.js';

it.each([
  ['https://chat.example/hooks/1', { url: 'https://chat.example/hooks/1', host: 'chat.example' }],
  ['http://10.0.0.7:8080/x?room=7#top', { url: 'http://10.0.0.7:8080/x?room=7', host: '10.0.0.7:8080' }],
  [
    'https://chat.example:8443/x?room=7&access_token=abc',
    {
      url: 'https://chat.example:8443/x?room=7',
      host: 'chat.example:8443',
      bearerToken: { environment: 'CHAT_EXAMPLE_8443_TOKEN' },
    },
  ],
  [
    'http://10.0.0.7/?access_token=abc',
    { url: 'http://10.0.0.7/', host: '10.0.0.7', bearerToken: { environment: '_10_0_0_7_TOKEN' } },
  ],
])('%s goes to %j', (text, address) => {
  expect(webhookAddress(text)).toEqual(address);
});

it.each([
  ['chat', 'it is no URL'],
  ['https://me:abc@chat.example/x', 'it has a user and a password in it'],
  ['https://chat.example/x?apiKey=abc', "'apiKey' in it looks like a secret"],
  ['https://chat.example/x?sig=abc', "'sig' in it looks like a secret"],
])('%s has no place here, and is not repeated', (text, problem) => {
  const address = webhookAddress(text);
  expect(address).toEqual({ problem: expect.stringContaining(problem) as string });
  expect(JSON.stringify(address)).not.toContain('abc');
});
