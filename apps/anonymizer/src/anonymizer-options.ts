import type { ProcessingAppOptions } from '@waystation/module-sdk';
import { Secrets } from '@waystation/secrets';
import { PLATFORM, type Platform } from '@waystation/service';

/** What the anonymizer needs of the service that it runs in. */
export const anonymizerOptions: ProcessingAppOptions = {
  providers: [
    {
      provide: Secrets,
      inject: [PLATFORM],
      useFactory: ({ settings }: Platform): Secrets => new Secrets({ environment: process.env, vault: settings.vault }),
    },
  ],
};
