import { expect, it } from 'vitest';
import { newTraceparent } from './new-traceparent.js';

it('begins a new trace each time, in the form of W3C Trace Context', () => {
  const traces = Array.from({ length: 100 }, newTraceparent);
  expect(traces.every((trace) => /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/.test(trace))).toBe(true);
  expect(new Set(traces.map((trace) => trace.split('-')[1])).size).toBe(100);
});
