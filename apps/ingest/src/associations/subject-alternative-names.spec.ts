import { describe, expect, it } from 'vitest';
import { subjectAlternativeNames } from './subject-alternative-names.js';

describe('subjectAlternativeNames', () => {
  it.each([
    ['', []],
    ['DNS:ct1.example', ['DNS:ct1.example']],
    ['DNS:ct1.example, IP Address:10.0.0.1', ['DNS:ct1.example', 'IP Address:10.0.0.1']],
    ['DNS:"a, DNS:evil, b", DNS:c', ['DNS:"a, DNS:evil, b"', 'DNS:c']],
    ['DNS:"a\\", DNS:evil, b", DNS:c', ['DNS:"a\\", DNS:evil, b"', 'DNS:c']],
  ])('finds in %j the names %j', (text, names) => {
    expect(subjectAlternativeNames(text)).toEqual(names);
  });
});
