import type { DifferentDecision, DifferentJob, WhatIfAnswer, WhatIfLine, WhatIfSummary } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';

/** Gathers so many differences of each kind and goes on counting. @throws CodedError `http.gone` once nobody waits any more */
export const firstDifferences = async (
  lines: AsyncGenerator<WhatIfLine, WhatIfSummary>,
  limit: number,
  isGone: () => boolean,
): Promise<WhatIfAnswer> => {
  const differences: DifferentDecision[] = [];
  const jobs: DifferentJob[] = [];
  for (;;) {
    const { done, value } = await lines.next();
    if (done === true) return { differences, jobs, summary: value };
    if (isGone()) throw new CodedError('http.gone', 'nobody waits for the answer any more');
    if ('difference' in value && differences.length < limit) differences.push(value.difference);
    if ('job' in value && jobs.length < limit) jobs.push(value.job);
  }
};
