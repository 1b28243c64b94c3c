import type { Rule } from '@waystation/events';
import { decisionOf } from '../decision-of.js';
import { followRules } from '../follow-rules.js';
import type { ReadRule } from '../read-rules.js';
import type { RuleSubject } from '../rule-subject.js';
import type { RulesDecision } from '../rules-decision.js';
import { codeOf } from './answer-code.js';
import { Asking } from './asking.js';
import { Run } from './run.js';
import { allOf, exclude, forEachTerm, haveCommon, include, intersect, type TermMask } from './term-mask.js';
import { termTableOf, type TermTable } from './term-table.js';
import type { Term } from './terms.js';

type Memory = Map<number | string, Memory | RulesDecision>;

const mostRemembered = 100_000;

/**
 * Decides without asking rule by rule. Of each tag it is known which terms a value leaves possible; what all tags leave
 * possible matches. A tag on which nothing depends that is still possible is not looked at.
 */
export class Decider {
  readonly #rules: readonly Rule[];
  readonly #table: TermTable;
  readonly #all: TermMask;
  readonly #possible: TermMask;
  readonly #matched: TermMask;
  #memory: Memory = new Map();
  #remembered = 0;

  constructor(
    read: readonly ReadRule[],
    private readonly steps: number,
    private readonly holds: (asking: Asking, rule: string) => boolean,
  ) {
    this.#rules = read.map(({ rule }) => rule);
    this.#table = termTableOf(read, steps);
    this.#all = allOf(this.#table.ruleOf.length).fill(0);
    for (const term of this.#table.ruleOf.keys()) include(this.#all, term);
    this.#possible = this.#all.slice();
    this.#matched = allOf(read.length);
  }

  decide(subject: RuleSubject): RulesDecision {
    const { facts } = subject;
    const possible = this.#possible;
    possible.set(this.#all);
    for (const { question, terms } of this.#table.tags) {
      if (!haveCommon(possible, terms)) continue;
      const found = question.classIn(facts);
      if (found.costly) return this.#slowly(subject);
      intersect(possible, found.possible);
    }
    if (this.#table.others.size > 0 && !this.#askOthers(subject, possible)) return this.#slowly(subject);
    const matched = this.#matched.fill(0);
    const { ruleOf } = this.#table;
    forEachTerm(possible, (term) => {
      const rule = ruleOf[term];
      if (rule !== undefined) include(matched, rule);
    });
    return this.#remember(matched, subject.calledAeTitle);
  }

  /** Takes away what needs more than tags and is not so. @returns false where a question took too many steps */
  #askOthers(subject: RuleSubject, possible: TermMask): boolean {
    let run: Run | undefined;
    let affordable = true;
    const isSo = (term: Term): boolean =>
      term.every(({ of, place, code }) => {
        run ??= this.#run(subject);
        if ('rule' in of) return run.referenceTo(of.rule) === code;
        const { codes, costs } = run.classOf(of);
        if ((costs[place] ?? 0) > this.#table.mostCost) affordable = false;
        return codes[place] === code;
      });
    forEachTerm(possible, (place) => {
      const others = this.#table.others.get(place);
      if (others && !isSo(others)) exclude(possible, place);
    });
    return affordable;
  }

  #run(subject: RuleSubject): Run {
    return new Run(this.#table.conditions, new Asking(subject, this.holds), this.steps);
  }

  /** Rule by rule. */
  #slowly(subject: RuleSubject): RulesDecision {
    const run = this.#run(subject);
    const matched = new Set(this.#rules.filter((_, rule) => run.answerOf(rule) === codeOf.true));
    return this.#decision(matched, subject.calledAeTitle);
  }

  #forget(): void {
    this.#memory = new Map();
    this.#remembered = 0;
  }

  #decision(matching: ReadonlySet<Rule>, calledAeTitle: string | undefined): RulesDecision {
    return decisionOf(followRules(this.#rules, calledAeTitle, (rule) => matching.has(rule)).matched);
  }

  /** What the same rules were decided to mean before. */
  #remember(matched: TermMask, calledAeTitle = ''): RulesDecision {
    if (this.#remembered > mostRemembered) this.#forget();
    let memory = this.#memory;
    for (const word of matched) {
      const next = memory.get(word);
      if (next instanceof Map) memory = next;
      else {
        const added: Memory = new Map();
        memory.set(word, added);
        memory = added;
      }
    }
    const known = memory.get(calledAeTitle);
    if (known && !(known instanceof Map)) return known;
    const matching = new Set(this.#rules.filter((_, rule) => ((matched[rule >> 5] ?? 0) >> (rule & 31)) & 1));
    const decision = this.#decision(matching, calledAeTitle === '' ? undefined : calledAeTitle);
    memory.set(calledAeTitle, decision);
    this.#remembered++;
    return decision;
  }
}
