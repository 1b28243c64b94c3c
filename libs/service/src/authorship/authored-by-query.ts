import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '../http/described-later.js';

/** Describes the parameters of a command that say who asks for it and why. */
export const AuthoredByQuery = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiQuery({
      name: 'author',
      required: false,
      description: 'who asks for it; stays in the log. Where a proxy names the user, nobody else may stand here',
    }),
    ApiQuery({ name: 'reason', required: false, description: 'why; stays in the log' }),
  );
