import { PLATFORM, type Platform } from '@waystation/service';
import type { Provider } from '@nestjs/common';
import { AuditTrailService } from './audit-trail.service.js';

/** What tells an audit repository. */
export const auditMessageProviders: readonly Provider[] = [
  {
    provide: AuditTrailService,
    inject: [PLATFORM],
    useFactory: (platform: Platform) => new AuditTrailService(platform),
  },
];
