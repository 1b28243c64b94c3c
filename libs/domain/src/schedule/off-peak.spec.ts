import { OffPeakHours } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOffPeak, nextOffPeakStart } from './off-peak.js';

const hours = (given: Partial<OffPeakHours>): OffPeakHours =>
  OffPeakHours.parse({ from: '22:00', to: '06:00', ...given });
const berlin = (given: Partial<OffPeakHours> = {}) => hours({ timeZone: 'Europe/Berlin', ...given });

describe('off-peak hours', () => {
  it.each([
    ['2026-01-31T21:59:59.999Z', false],
    ['2026-01-31T22:00:00.000Z', true],
    ['2026-02-01T05:59:59.999Z', true],
    ['2026-02-01T06:00:00.000Z', false],
  ])('over midnight: %s is one of them: %s', (instant, expected) => {
    expect(isOffPeak(instant, hours({}))).toBe(expected);
  });

  it.each([
    ['2026-07-01T19:59:59.999Z', false],
    ['2026-07-01T20:00:00.000Z', true],
    ['2026-12-01T20:30:00.000Z', false],
    ['2026-12-01T21:00:00.000Z', true],
  ])('are those of their time zone, in summer and in winter: %s is one of them: %s', (instant, expected) => {
    expect(isOffPeak(instant, berlin())).toBe(expected);
  });

  it('last all day where they begin and end at the same time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 29_000_000, max: 30_500_000 }), (minute) => {
        expect(isOffPeak(new Date(minute * 60_000).toISOString(), berlin({ from: '09:30', to: '09:30' }))).toBe(true);
      }),
    );
  });

  it('belong to the day on which they begin', () => {
    const fridays = hours({ days: ['friday'] });
    expect(isOffPeak('2026-01-30T05:00:00.000Z', fridays)).toBe(false);
    expect(isOffPeak('2026-01-30T23:00:00.000Z', fridays)).toBe(true);
    expect(isOffPeak('2026-01-31T05:00:00.000Z', fridays)).toBe(true);
    expect(isOffPeak('2026-01-31T23:00:00.000Z', fridays)).toBe(false);
    expect(nextOffPeakStart('2026-01-31T06:00:00.000Z', fridays)).toBe('2026-02-06T22:00:00.000Z');
  });

  it('begin the same evening, or the next one where they are under way', () => {
    expect(nextOffPeakStart('2026-01-31T12:00:00.000Z', hours({}))).toBe('2026-01-31T22:00:00.000Z');
    expect(nextOffPeakStart('2026-01-31T22:00:00.000Z', hours({}))).toBe('2026-02-01T22:00:00.000Z');
  });
});

describe('when clocks are put forward, on a day of 23 hours', () => {
  it('hours of the night are one shorter', () => {
    expect(isOffPeak('2026-03-28T21:00:00.000Z', berlin())).toBe(true);
    expect(isOffPeak('2026-03-29T03:59:59.999Z', berlin())).toBe(true);
    expect(isOffPeak('2026-03-29T04:00:00.000Z', berlin())).toBe(false);
  });

  it('hours that would begin in the one that is left out begin when clocks are put forward', () => {
    const inTheGap = berlin({ from: '02:30', to: '05:00' });
    expect(nextOffPeakStart('2026-03-28T12:00:00.000Z', inTheGap)).toBe('2026-03-29T01:00:00.000Z');
  });

  it('hours that would lie in it alone are those of the next day', () => {
    const inTheGap = berlin({ from: '02:10', to: '02:50' });
    expect(isOffPeak('2026-03-29T01:00:00.000Z', inTheGap)).toBe(false);
    expect(nextOffPeakStart('2026-03-28T12:00:00.000Z', inTheGap)).toBe('2026-03-30T00:10:00.000Z');
  });
});

describe('when clocks are put back, on a day of 25 hours', () => {
  it('hours of the night are one longer', () => {
    expect(isOffPeak('2026-10-24T20:00:00.000Z', berlin())).toBe(true);
    expect(isOffPeak('2026-10-25T04:59:59.999Z', berlin())).toBe(true);
    expect(isOffPeak('2026-10-25T05:00:00.000Z', berlin())).toBe(false);
  });

  it('hours begin and end when a time comes for the first time', () => {
    const twice = berlin({ from: '02:15', to: '04:00' });
    expect(nextOffPeakStart('2026-10-24T12:00:00.000Z', twice)).toBe('2026-10-25T00:15:00.000Z');
    expect(isOffPeak('2026-10-25T01:05:00.000Z', twice)).toBe(true);
    expect(isOffPeak('2026-10-25T01:20:00.000Z', berlin({ from: '01:00', to: '02:30' }))).toBe(false);
  });
});

/** Clocks are put forward and back by whole multiples of it, and the hours are multiples of it. */
const STEP = 15;
const DAY = 1440 / STEP;
const at = (date: string, step: number) => new Date(Date.parse(`${date}T00:00:00Z`) + step * STEP * 60_000);

/** An oracle that only ever asks a clock what it shows, step by step; each clock is asked once. */
const shown = new Map<string, readonly string[]>();
const facesFrom = (date: string, timeZone: string): readonly string[] => {
  const known = shown.get(`${date} ${timeZone}`);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const faces = Array.from({ length: 10 * DAY }, (_, step) => clock.format(at(date, step)));
  shown.set(`${date} ${timeZone}`, faces);
  return faces;
};
const dayAfter = (date: string) => at(date, DAY).toISOString().slice(0, 10);
const weekdayOf = (date: string) =>
  at(date, 0).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' }).toLowerCase();

/** Which steps are off-peak: into the hours of a day at the first one that shows their beginning, and out again. */
const stepThrough = (begin: string, { from, to, timeZone, days }: OffPeakHours): readonly boolean[] => {
  const faces = facesFrom(begin, timeZone);
  const open = Array.from(faces, () => false);
  for (const date of new Set(faces.map((face) => face.slice(0, 10)))) {
    if (!days.some((day) => day === weekdayOf(date))) continue;
    const first = faces.findIndex((face) => face >= `${date} ${from}`);
    const end = faces.findIndex((face) => face >= `${to > from ? date : dayAfter(date)} ${to}`);
    open.fill(true, first, Math.max(first, end < 0 ? faces.length : end));
  }
  return open;
};

describe('step by step', () => {
  // Three days before clocks change, or a whole day is left out, or nothing happens.
  const beginnings = ['2026-03-26', '2026-10-22', '2026-04-02', '2026-10-01', '2026-06-15', '2011-12-27', '2026-03-05'];
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'];
  const clock = fc
    .tuple(fc.nat(23), fc.constantFrom('00', '15', '30', '45'))
    .map(([hour, minutes]) => `${String(hour).padStart(2, '0')}:${minutes}`);
  const everyDay = OffPeakHours.shape.days.parse(undefined);
  const schedules = fc.record({
    from: fc.oneof(clock, fc.constantFrom('01:45', '02:00', '02:30', '03:00')),
    to: fc.oneof(clock, fc.constantFrom('02:00', '02:30', '03:00')),
    timeZone: fc.constantFrom(...zones),
    days: fc.oneof(fc.constant(everyDay), fc.subarray(everyDay, { minLength: 1 })),
  });

  it('the hours are those that a clock on the wall shows, whatever happens to clocks', () => {
    fc.assert(
      fc.property(schedules, fc.constantFrom(...beginnings), fc.nat(DAY), (schedule, begin, into) => {
        const open = stepThrough(begin, schedule);
        const isChange = (step: number) => open[step] !== open[step - 1] || open[step] !== open[step + 1];
        const steps = open.flatMap((_, step) => (isChange(step) || step % DAY === into ? [step] : []));
        const asked = steps
          .filter((step) => step > 2 * DAY && step < 6 * DAY)
          .map((step) => at(begin, step).toISOString());
        const expected = asked.map((instant) => [
          instant,
          open[(Date.parse(instant) - at(begin, 0).getTime()) / 60_000 / STEP],
        ]);
        expect(asked.map((instant) => [instant, isOffPeak(instant, schedule)])).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  it('the next ones begin at the first step that is one of them', () => {
    fc.assert(
      fc.property(schedules, fc.constantFrom(...beginnings), fc.nat(2 * DAY), (schedule, begin, into) => {
        const open = stepThrough(begin, schedule);
        const from = 2 * DAY + into;
        const next = open.findIndex((isOpen, step) => step > from && isOpen);
        fc.pre(open[from] === false && next > 0);
        expect(nextOffPeakStart(at(begin, from).toISOString(), schedule)).toBe(at(begin, next).toISOString());
      }),
      { numRuns: 40 },
    );
  });
});
