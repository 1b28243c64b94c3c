import type { NextFunction, Request, Response } from 'express';

/**
 * Refuses requests that a web page made a browser send here: those carry the page's origin, or a Host header that is
 * only a name made to point at this machine.
 */
export const refuseForeignPages =
  (isLoopback: boolean) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const host = request.headers.host ?? '';
    const { origin } = request.headers;
    const foreignOrigin = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
    const foreignHost = isLoopback && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
    if (!foreignOrigin && !foreignHost) return next();
    const message = `refused: the request comes from another site (host '${host}', origin '${origin ?? 'none'}')`;
    response.status(403).json({ code: 'request.foreign', message });
  };
