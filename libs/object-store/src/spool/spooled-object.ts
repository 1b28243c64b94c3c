/** Where an object lies in a spool. */
export interface SpoolPlace {
  /** The file that it is in, by its name in the folder of its writer. */
  readonly file: string;
  /** Where in the file it begins. */
  readonly offset: number;
}

/** An object in a spool: a local disk on which it waits for the object store. */
export interface SpooledObject extends SpoolPlace {
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  /** What its writer called it. */
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  /** Where in the file the next one may begin. */
  readonly end: number;
}
