import type { EncodedFrame } from '@waystation/dicom';

/** What the decoding thread is asked. */
export type Request = EncodedFrame;

/** What it answers. */
export type Response =
  { readonly pixels: Uint8Array } | { readonly failure: { readonly code: string; readonly message: string } };
