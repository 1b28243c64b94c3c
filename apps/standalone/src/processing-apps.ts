import { AnonymizerModule } from '@waystation/anonymizer';
import { StatisticsModule } from '@waystation/statistics';
import type { Type } from '@nestjs/common';

/** The processing apps that run in this process. */
export const processingApps: readonly Type[] = [AnonymizerModule, StatisticsModule];
