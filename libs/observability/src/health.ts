import { messageOf } from '@waystation/kernel';

export interface CheckResult {
  readonly status: 'ok' | 'failed';
  /** Code of the error, where it has one. */
  readonly code?: string;
  readonly reason?: string;
  /** What a check that did not fail has to say all the same. */
  readonly detail?: string;
}

export interface HealthReport {
  readonly status: 'ok' | 'degraded';
  readonly checks: Readonly<Record<string, CheckResult>>;
}

interface Check {
  readonly run: () => Promise<string | void> | string | void;
  readonly concerns: 'life' | 'readiness';
}

const codeOf = (error: unknown): { code?: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};

const within = async (timeoutMs: number, work: Check['run']): Promise<string | void> => {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([(async () => work())(), timeout]);
  } finally {
    clearTimeout(timer);
  }
};

/** Whether a process works, as a set of named checks. A check fails by throwing, or by not answering in time. */
export class Health {
  private readonly checks = new Map<string, Check>();

  /** @param timeoutMs after which a check counts as failed */
  constructor(private readonly timeoutMs = 5000) {}

  /**
   * Adds a check. One that concerns `life` fails only where a restart would help; what depends on others (the database, the
   * object store) concerns `readiness`: restarting us would not bring it back. A check under a name that is taken stands
   * in for the one before.
   */
  add(name: string, run: Check['run'], concerns: Check['concerns'] = 'readiness'): void {
    this.checks.set(name, { run, concerns });
  }

  /** Whether the process should be left running. */
  live(): Promise<HealthReport> {
    return this.report(({ concerns }) => concerns === 'life');
  }

  /** Whether work should be sent here: every check. */
  ready(): Promise<HealthReport> {
    return this.report(() => true);
  }

  private async report(concerned: (check: Check) => boolean): Promise<HealthReport> {
    const asked = [...this.checks].filter(([, check]) => concerned(check));
    const results = await Promise.all(asked.map(async ([name, { run }]) => [name, await this.result(run)] as const));
    const ok = results.every(([, { status }]) => status === 'ok');
    return { status: ok ? 'ok' : 'degraded', checks: Object.fromEntries(results) };
  }

  private async result(run: Check['run']): Promise<CheckResult> {
    try {
      const detail = await within(this.timeoutMs, run);
      return detail ? { status: 'ok', detail } : { status: 'ok' };
    } catch (error) {
      return { status: 'failed', ...codeOf(error), reason: messageOf(error) };
    }
  }
}
