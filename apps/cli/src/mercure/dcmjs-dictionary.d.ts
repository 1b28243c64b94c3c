declare module 'dcmjs/dictionary' {
  /** Elements by `(gggg,eeee)`; those of PS3.6 bear the version `DICOM`. */
  export const dictionary: Readonly<Record<string, { readonly name: string; readonly version: string }>>;
}
