import { SETTINGS, type Settings } from '@waystation/configuration';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { tap, type Observable } from 'rxjs';
import { AccessLog } from './access-log.js';
import { kindOfAccess } from './kind-of-access.js';
import { readerOf } from './reader-of.js';
import { subjectOf } from './subject-of.js';

/** Notes who reads, where a route answers. A request that is refused shows nothing, and is not noted. */
@Injectable()
export class RecordAccess implements NestInterceptor {
  constructor(
    private readonly accesses: AccessLog,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const { path } = request.route as { readonly path: string };
    const kind = kindOfAccess(request.method, path);
    if (kind === undefined) return next.handle();
    this.accesses.assertRoom();
    const reader = readerOf(request, this.settings.http.userHeader);
    const access = { kind, view: `${request.method} ${path}`, subject: subjectOf(request), reader };
    return next.handle().pipe(tap({ complete: () => this.accesses.record(access) }));
  }
}
