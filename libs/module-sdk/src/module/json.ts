/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** An object of JSON: the settings of a module, or its result. */
export interface JsonObject {
  readonly [key: string]: Json;
}
