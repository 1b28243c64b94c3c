/** What a data set does against the standard without being unreadable. */
export type HeaderWarningCode =
  | 'dicom.transfer-syntax-mismatch'
  | 'dicom.item-encoding'
  | 'dicom.transfer-syntax-unknown'
  | 'dicom.element-order'
  | 'dicom.element-duplicated'
  | 'dicom.group-misplaced'
  | 'dicom.vr-unknown'
  | 'dicom.value-length'
  | 'dicom.value-left-out'
  | 'dicom.sequence-unreadable'
  | 'dicom.delimiter-stray'
  | 'dicom.character-set-missing'
  | 'dicom.character-set-wrong'
  | 'dicom.text-undecodable';

export interface HeaderWarning {
  readonly code: HeaderWarningCode;
  /** A sentence about the first place where it happened. */
  readonly message: string;
}

/** Keeps one warning of each kind, the first: however bad the data set, the list stays short. */
export class HeaderWarnings {
  private readonly messages = new Map<HeaderWarningCode, string>();

  /** The message is only made when it is the first of its kind. */
  add(code: HeaderWarningCode, message: () => string): void {
    if (!this.messages.has(code)) this.messages.set(code, message());
  }

  has(code: HeaderWarningCode): boolean {
    return this.messages.has(code);
  }

  list(): readonly HeaderWarning[] {
    return [...this.messages].map(([code, message]) => ({ code, message }));
  }
}
