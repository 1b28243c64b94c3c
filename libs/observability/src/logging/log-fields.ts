/**
 * The only fields a log line can have. None of them can hold what identifies a patient: no names, no descriptions, no
 * instance of a data set. UIDs of series are pseudonyms that operators need to find their way.
 */
export interface LogFields {
  /** Id of an association. */
  readonly association?: string;
  readonly stream?: string;
  /** Of an event in the log. */
  readonly position?: number;
  readonly event?: string;
  readonly target?: string;
  readonly queue?: string;
  /** Name of a health check, read model, lane or other part of the program. */
  readonly part?: string;
  readonly attempt?: number;
  /** Of an error, or a DIMSE or HTTP status. */
  readonly code?: string | number;
  readonly durationMs?: number;
  readonly count?: number;
  readonly bytes?: number;
  /** Network address of a peer. */
  readonly address?: string;
  readonly port?: number;
  readonly aeTitle?: string;
  readonly version?: string | number;
}

const allowed: Readonly<Record<keyof LogFields, true>> = {
  association: true,
  stream: true,
  position: true,
  event: true,
  target: true,
  queue: true,
  part: true,
  attempt: true,
  code: true,
  durationMs: true,
  count: true,
  bytes: true,
  address: true,
  port: true,
  aeTitle: true,
  version: true,
};

/** The fields that may be printed, in the order of the list. Types do not stop everybody: objects and unknown names go. */
export const printableFields = (fields: object): readonly (readonly [string, string | number])[] =>
  Object.keys(allowed).flatMap((name) => {
    const value: unknown = (fields as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [];
  });
