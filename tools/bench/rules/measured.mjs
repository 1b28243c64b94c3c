// The process that is measured: asks our rules about facts for a while, and says what it took.
import { Rule } from '../../../libs/events/dist/index.js';
import { compileRules } from '../../../libs/rules/dist/index.js';
import { typicalConditions, typicalFacts } from './typical-rules.mjs';

const factsAsked = 2000;
const facts = JSON.parse(JSON.stringify(typicalFacts(factsAsked)));
const subjects = facts.map((one) => ({ facts: one }));

const engines = {
  'waystation decide': (compiled) => (subject) => compiled.decide(subject).matched.length,
  'waystation explain': (compiled) => (subject) => compiled.explain(subject).matched.length,
};

const steps = {
  facts: () => ({ facts }),
  /** Every subject is asked once before, so that what is remembered is, as in a service that runs. */
  measure({ engine, count, seconds }) {
    const rules = typicalConditions(count).map((condition, at) =>
      Rule.parse({ name: `rule ${at}`, condition, action: 'notify' }),
    );
    const ask = engines[engine](compileRules(rules));
    const matched = subjects.map(ask);
    let asked = 0;
    const before = process.cpuUsage();
    const cpuSeconds = () => Object.values(process.cpuUsage(before)).reduce((a, b) => a + b) / 1e6;
    const deadline = performance.now() + seconds * 1000;
    while (performance.now() < deadline) {
      for (let at = asked % factsAsked, end = at + 100; at < end; at++) ask(subjects[at]);
      asked += 100;
    }
    return { decisions: asked, seconds: cpuSeconds(), matched };
  },
};

process.on('message', ({ step, ...request }) => {
  try {
    process.send({ result: steps[step](request) });
  } catch (error) {
    process.send({ error: `${step}: ${error.stack}` });
  }
});
process.on('disconnect', () => process.exit(0));
