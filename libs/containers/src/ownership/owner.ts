import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** One life of a process that runs containers. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Nobody else's, ever. */
  readonly life: string;
}

/** A new one for this process. */
export const newOwner = (): Owner => ({
  host: hostname().replaceAll(/[^A-Za-z0-9.-]/g, '-'),
  pid: process.pid,
  life: randomUUID().slice(0, 8),
});

/** As a label, or as the name of a folder. */
export const ownerText = ({ host, pid, life }: Owner): string => `${host}~${pid}~${life}`;

/** Reads {@link ownerText}; undefined where it is something else. */
export const parseOwner = (text: string): Owner | undefined => {
  const [, host, pid, life] = /^([^~]+)~(\d+)~([0-9a-f]{8})$/.exec(text) ?? [];
  return host === undefined || life === undefined ? undefined : { host, pid: Number(pid), life };
};
