declare module 'dcmjs' {
  /** Elements by `ggggeeee` as dcmjs holds them. */
  export interface DcmjsElement {
    readonly vr: string;
    readonly Value?: readonly unknown[];
  }
  export type DcmjsElements = Record<string, DcmjsElement>;
  export type Naturalized = Record<string, unknown>;

  export interface Dcmjs {
    readonly log: { setLevel(level: string): void };
    readonly data: {
      readonly DicomMessage: {
        readFile(bytes: ArrayBufferLike): { readonly meta: DcmjsElements; readonly dict: DcmjsElements };
      };
      readonly DicomMetaDictionary: {
        naturalizeDataset(elements: DcmjsElements): Naturalized;
        namifyDataset(elements: DcmjsElements): Naturalized;
        /** By `(GGGG,EEEE)`. */
        readonly dictionary: Readonly<Record<string, { readonly name: string } | undefined>>;
        /** By keyword. */
        readonly nameMap: Readonly<Record<string, { readonly tag: string } | undefined>>;
        /** `(GGGG,EEEE)` of `GGGGEEEE`. */
        punctuateTag(tag: string): string;
        unpunctuateTag(tag: string): string;
      };
      readonly datasetToDict: (dataset: Naturalized) => { readonly dict: DcmjsElements; write(): ArrayBuffer };
    };
  }
  const dcmjs: Dcmjs;
  // oxlint-disable-next-line import/no-default-export -- it is theirs
  export default dcmjs;
}
