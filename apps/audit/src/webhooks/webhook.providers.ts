import { PLATFORM, type Platform } from '@waystation/service';
import type { Provider } from '@nestjs/common';
import { Webhooks } from './webhooks.js';

/** What sends webhooks. */
export const webhookProviders: readonly Provider[] = [
  {
    provide: Webhooks,
    inject: [PLATFORM],
    useFactory: ({ log, commands, source, logger }: Platform) => new Webhooks({ log, commands, source, logger }),
  },
];
