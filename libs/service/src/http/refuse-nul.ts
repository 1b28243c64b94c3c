import type { NextFunction, Request, Response } from 'express';

/** Refuses an address with a NUL in it: nothing that is kept has one in its name, and Postgres takes none in its text. */
export const refuseNul = ({ url }: Request, response: Response, next: NextFunction): void => {
  if (!url.includes('%00')) return next();
  response.status(400).json({ code: 'request.invalid', message: 'the address has a NUL (%00) in it' });
};
