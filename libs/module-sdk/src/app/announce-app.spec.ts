import { settingsCheckOf } from '@waystation/domain';
import { AppAnnounced } from '@waystation/events';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { announcementOf } from './announce-app.js';

const announced = (settings: z.ZodType) => announcementOf({ name: 'nodules', version: '1.2.3', settings });

it('says of an app which settings it takes, so that others can check them', () => {
  const said = announced(z.strictObject({ threshold: z.number().max(1), mode: z.string().default('fast') }));
  expect(AppAnnounced.schema.safeParse(said).error).toBeUndefined();
  expect(said).toMatchObject({ app: 'nodules', version: '1.2.3', settings: { required: ['threshold'] } });
  const find = settingsCheckOf(said);
  expect(find?.({ threshold: 0.5 })).toEqual([]);
  expect(find?.({ threshold: 2 })).toMatchObject([{ key: 'threshold' }]);
});

it('leaves to the app what no schema says', () => {
  const even = z.strictObject({ count: z.number().refine((count) => count % 2 === 0), run: z.custom<() => void>() });
  expect(settingsCheckOf(announced(even))?.({ count: 3, run: 1 })).toEqual([]);
  const long = z.object(
    Object.fromEntries(Array.from({ length: 4000 }, (_, at) => [`value number ${at}`, z.string()])),
  );
  expect(announced(long)).not.toHaveProperty('settings');
});
