import { z } from 'zod';

/** Those whose values are text or numbers. */
// prettier-ignore
const valueRepresentations = [
  'AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FD', 'FL', 'IS', 'LO', 'LT', 'PN', 'SH', 'SL', 'SS', 'ST', 'SV', 'TM', 'UC',
  'UI', 'UL', 'UR', 'US', 'UT', 'UV',
] as const;

/** An element that is read from objects beside the routing header, so that rules can ask for it. */
export const AdditionalFact = z.strictObject({
  /** `0018,9073`, or `(0019,xx08,SIEMENS MED)` for a private element, by who reserved its block (PS3.5 7.8.1). */
  element: z
    .string()
    .regex(
      /^([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}|\([0-9A-Fa-f]{4},xx[0-9A-Fa-f]{2},[^\\]{1,64}\))$/,
      "'gggg,eeee', or '(gggg,xxee,CREATOR)' for a private element",
    ),
  /** What the value is where the data set does not say (PS3.5 6.2). */
  vr: z.enum(valueRepresentations).optional(),
  comment: z.string().max(1000).optional(),
});
export type AdditionalFact = Readonly<z.infer<typeof AdditionalFact>>;
