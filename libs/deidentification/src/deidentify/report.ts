import type { Vr } from '@waystation/dicom';

/** What was done with an element. */
export type Treatment =
  'kept' | 'removed' | 'emptied' | 'replaced' | 'uid-mapped' | 'date-moved' | 'cleaned' | 'looked-into' | 'added';

/** What was done with an element, without what it said. */
export interface ReportedElement {
  /** Tags from the top level down, without numbers of items: `(0040,A730).(0040,A123)`. */
  readonly path: string;
  /** Of elements in PS3.15 table E.1-1. */
  readonly keyword?: string | undefined;
  readonly vr: Vr;
  readonly treatment: Treatment;
  /** The code of PS3.15 table E.1-1 under the profile, or why the table did not decide. */
  readonly because: string;
}

/** Is told what is done with each element. */
export type Report = (element: ReportedElement) => void;
