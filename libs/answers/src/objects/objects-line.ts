/** What is found on the way while the log and the object store are compared. */
export type ObjectsLine =
  /** In the store, and no event names it. */
  | { readonly unnamed: { readonly key: string; readonly size: number; readonly modifiedAt: string } }
  /** An event names it, and it is not in the store. */
  | { readonly missing: { readonly key: string; readonly stream: string; readonly position: number } }
  | { readonly progress: { readonly position: number; readonly objects: number } };

/** What was looked at and found. */
export interface ObjectsSummary {
  /** In the object store. */
  readonly objects: number;
  readonly unnamed: number;
  /** Of what is unnamed. */
  readonly bytes: number;
  readonly missing: number;
}
