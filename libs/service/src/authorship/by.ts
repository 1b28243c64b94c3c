import { SETTINGS, type Settings } from '@waystation/configuration';
import { createParamDecorator, Inject, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { Authorship } from './authorship.js';
import { authorshipOf, type AuthoredRequest } from './authorship-of.js';

@Injectable()
class ReadAuthorship implements PipeTransform<AuthoredRequest, Authorship> {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  transform(request: AuthoredRequest): Authorship {
    return authorshipOf(request, this.settings.http.userHeader);
  }
}

const theRequest = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<AuthoredRequest>(),
);

/** A parameter of every command that somebody gives: who asks for it and why, an {@link Authorship}. */
export const By = (): ParameterDecorator => theRequest(ReadAuthorship);
