import { CodedError } from '@waystation/kernel';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';

/** What a client gets for a fault: a code for programs, a sentence for people. */
export interface HttpProblem {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The one place where codes become HTTP statuses; the last part of a code says what kind of fault it is. */
const statuses: readonly (readonly [RegExp, number])[] = [
  [/(^|\.)(unknown|missing|no-such)([-.]|$)/, 404],
  [
    /\.(outdated|nothing-new|nothing-waits|in-spool|objects-expired|wrong-expected-version|not-redrivable|not-holdable|not-releasable|not-cancellable|not-restartable|series-not-complete|superseded|already-running|already-reinjected|not-sealed-yet|archiving-elsewhere|reaping-elsewhere|other-log|ambiguous-patient|target-in-use|channel-in-use|module-in-use)$/,
    409,
  ],
  [/\.(invalid|settings-invalid|syntax|malformed)$/, 400],
  [/\.not-you$/, 403],
  [/\.unavailable$/, 503],
];

/** HTTP status of a code such as `configuration.outdated`. */
export const httpStatusOf = (code: string): number => statuses.find(([pattern]) => pattern.test(code))?.[1] ?? 500;

/** What Express says of a body that it does not read: too long, broken off, in an unknown encoding. */
const refusedByParser = (error: unknown): { status: number; problem: HttpProblem } | undefined => {
  if (!(error instanceof Error) || !('status' in error) || !('expose' in error)) return undefined;
  const { status, expose, message } = error;
  if (typeof status !== 'number' || status < 400 || status >= 500 || expose !== true) return undefined;
  return { status, problem: { code: `http.${status}`, message } };
};

/** Answers every fault of an HTTP request in one shape; what is unexpected is logged, not shown. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  constructor(private readonly report: (error: unknown) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const { status, problem } = this.describe(error);
    host.switchToHttp().getResponse<Response>().status(status).json(problem);
  }

  private describe(error: unknown): { status: number; problem: HttpProblem } {
    if (error instanceof CodedError) {
      const { code, message, details } = error;
      return { status: httpStatusOf(code), problem: { code, message, details } };
    }
    if (error instanceof HttpException) {
      const problem = { code: `http.${error.getStatus()}`, message: error.message };
      return { status: error.getStatus(), problem };
    }
    const refused = refusedByParser(error);
    if (refused) return refused;
    this.report(error);
    return {
      status: 500,
      problem: { code: 'internal', message: 'an unexpected fault; the log of the service has it' },
    };
  }
}
