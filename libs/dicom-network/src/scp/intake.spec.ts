import { describe, expect, it } from 'vitest';
import { Intake } from './intake.js';

const make = () => {
  const calls: string[] = [];
  const intake = new Intake({ pause: () => calls.push('pause'), resume: () => calls.push('resume') }, 100);
  return { intake, calls };
};

describe('the intake', () => {
  it('closes above its limit and opens at half of it', () => {
    const { intake, calls } = make();
    intake.account(100);
    expect(calls).toEqual([]);
    intake.account(1);
    expect([calls, intake.overfull]).toEqual([['pause'], true]);
    intake.account(-50);
    expect(calls).toEqual(['pause']);
    intake.account(-1);
    expect([calls, intake.overfull]).toEqual([['pause', 'resume'], false]);
  });

  it('closes while answers are not read, and it is then the turn of the peer', () => {
    const { intake, calls } = make();
    intake.answersBlocked(true);
    intake.account(500);
    expect([calls, intake.overfull]).toEqual([['pause'], false]);
    intake.answersBlocked(false);
    expect([calls, intake.overfull]).toEqual([['pause'], true]);
    intake.account(-500);
    expect(calls).toEqual(['pause', 'resume']);
  });
});
