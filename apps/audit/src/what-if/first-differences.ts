import type { DifferentDecision, WhatIfAnswer, WhatIfLine, WhatIfSummary } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';

/** Gathers so many differences and goes on counting. @throws CodedError `http.gone` once nobody waits any more */
export const firstDifferences = async (
  lines: AsyncGenerator<WhatIfLine, WhatIfSummary>,
  limit: number,
  isGone: () => boolean,
): Promise<WhatIfAnswer> => {
  const differences: DifferentDecision[] = [];
  for (;;) {
    const { done, value } = await lines.next();
    if (done === true) return { differences, summary: value };
    if (isGone()) throw new CodedError('http.gone', 'nobody waits for the answer any more');
    if ('difference' in value && differences.length < limit) differences.push(value.difference);
  }
};
