import { describe, expect, it } from 'vitest';
import { isStreamLike, isTypeLike, StreamPattern, TypePattern } from './pattern.js';

describe('isTypeLike', () => {
  it.each([
    ['series.completed.v1', 'series.completed.v1', true],
    ['series.completed.v1', 'series.completed', true],
    ['series.completed.v2', 'series.completed.v1', false],
    ['series.completed.v1', 'series.*', true],
    ['series.completed.v1', 'series', false],
    ['delivery.succeeded.v1', 'series.*', false],
    ['delivery.succeeded.v1', '*', true],
    ['study.series-added.v1', 'study.series*', true],
  ])('%s is like %s: %s', (type, pattern, expected) => {
    expect(isTypeLike(type, pattern)).toBe(expected);
  });
});

describe('isStreamLike', () => {
  it.each([
    ['delivery/1', 'delivery/1', true],
    ['delivery/12', 'delivery/1', false],
    ['delivery/12', 'delivery/*', true],
    ['configuration', 'configuration', true],
    ['series/1.2', 'delivery/*', false],
  ])('%s is like %s: %s', (stream, pattern, expected) => {
    expect(isStreamLike(stream, pattern)).toBe(expected);
  });
});

it.each(['', '**', 'series.*.v1', 'Series.completed', 'series completed'])('%j is no pattern of types', (text) => {
  expect(TypePattern.safeParse(text).success).toBe(false);
});

it.each(['', 'series/*/x', '/series', 'series /1'])('%j is no pattern of streams', (text) => {
  expect(StreamPattern.safeParse(text).success).toBe(false);
});
