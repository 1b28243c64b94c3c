import { timingSafeEqual } from 'node:crypto';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { UnauthorizedException } from '@nestjs/common';
import type { Request } from 'express';

const open = ['/health/live', '/health/ready'];

/** Lets a request in that carries the token, where one is set. Without one HTTP listens on loopback only. */
export class TokenGuard implements CanActivate {
  constructor(private readonly token: string | undefined) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http' || this.token === undefined) return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (open.includes(request.path)) return true;
    const given = request.headers.authorization?.replace(/^Bearer /i, '') ?? '';
    if (equal(given, this.token)) return true;
    throw new UnauthorizedException('this needs the header Authorization: Bearer <token> (WAYSTATION_API_TOKEN)');
  }
}

const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
