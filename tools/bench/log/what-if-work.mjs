import { WhatIf } from '../../../apps/audit/dist/what-if/what-if.js';
import { ConfigurationDocument } from '../../../libs/events/dist/index.js';
import { compileRules } from '../../../libs/rules/dist/index.js';
import { fortyRules, manyFacts } from './forty-rules.mjs';

/** Series that are decided in one measurement of deciding alone. */
const DECISIONS = 200_000;

const { rules } = fortyRules;
/** One rule is another one, and no series of the log is concerned by it. */
const otherRules = [...rules.slice(0, -1), { ...rules.at(-1), condition: "@Modality@ == 'OPT'" }];

/** The whole way: reads the decisions and what they were made from, and decides again. Counts the events that it passes. */
export async function whatIf(log) {
  const { position } = await log.head();
  const document = ConfigurationDocument.parse({ ...fortyRules, rules: otherRules });
  const lines = new WhatIf(log).run({ document, after: 0, through: position });
  for (;;) {
    const { done, value } = await lines.next();
    if (!done) continue;
    if (value.same !== value.decisions || value.decisions === 0) throw new Error(JSON.stringify(value));
    return { count: position };
  }
}

let manySeries;

/** Deciding alone, of series of which no two are alike, by rules that have decided nothing before. */
export function decideAgain() {
  if (manySeries === undefined) {
    manySeries = manyFacts(DECISIONS);
    decideAll(manySeries); // so that what is measured is compiled code
  }
  return decideAll(manySeries);
}

function decideAll(series) {
  const compiled = compileRules(ConfigurationDocument.parse(fortyRules).rules);
  let matched = 0;
  const startedAt = performance.now();
  for (const facts of series) matched += compiled.decide({ facts, calledAeTitle: 'WAYSTATION' }).matched.length;
  const seconds = (performance.now() - startedAt) / 1000;
  if (matched === 0) throw new Error('no rule matches');
  return { count: series.length, seconds };
}
