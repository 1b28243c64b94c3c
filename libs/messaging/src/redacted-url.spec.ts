import { expect, it } from 'vitest';
import { redactedUrl } from './redacted-url.js';

it.each([
  ['amqp://waystation:secret@broker:5672/hospital', 'amqp://waystation:***@broker:5672/hospital'],
  ['amqps://broker/', 'amqps://broker/'],
  ['secret', 'an address that is not a URL'],
])('shows %j without its password', (url, shown) => {
  expect(redactedUrl(url)).toBe(shown);
});
