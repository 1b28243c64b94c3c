import {
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
  transferSyntaxes,
  type Encoding,
  type TransferSyntax,
} from '@waystation/dicom';
import { CodedError } from '@waystation/kernel';

/** A transfer syntax of PS3.6. Throws `deidentification.syntax-unknown`. */
export const syntaxOf = (transferSyntaxUid: string): TransferSyntax => {
  const syntax = transferSyntaxes.get(transferSyntaxUid);
  if (syntax !== undefined) return syntax;
  throw new CodedError('deidentification.syntax-unknown', `transfer syntax ${transferSyntaxUid} is not in PS3.6`);
};

/** How data sets are encoded in it, once inflated. */
export const encodingOf = ({ explicit, bigEndian }: TransferSyntax): Encoding => {
  if (!explicit) return implicitLittleEndian;
  return bigEndian ? explicitBigEndian : explicitLittleEndian;
};
