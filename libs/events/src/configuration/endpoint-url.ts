import { z } from 'zod';

/** Credentials do not belong into a configuration, which everybody may read and which stays in the log. */
export const EndpointUrl = z
  .url({ protocol: /^https?$/, error: 'an http: or https: URL' })
  .max(2000)
  .refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), 'a URL without user and password; see how a secret is given')
  .refine((text) => !text.includes('#'), 'a URL without a fragment');
