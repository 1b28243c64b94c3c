/** A DIMSE command or its answer, PS3.7 chapter 6.3 and annex E. What a peer left out is undefined. */
export interface CommandSet {
  readonly commandField: number;
  /** Whether a data set follows: Command Data Set Type (0000,0800) is not 0101H. */
  readonly hasDataSet: boolean;
  readonly messageId?: number | undefined;
  readonly messageIdBeingRespondedTo?: number | undefined;
  readonly affectedSopClassUid?: string | undefined;
  readonly affectedSopInstanceUid?: string | undefined;
  readonly priority?: number | undefined;
  readonly status?: number | undefined;
  /** At most 64 characters. */
  readonly errorComment?: string | undefined;
  readonly moveOriginatorAeTitle?: string | undefined;
  readonly moveOriginatorMessageId?: number | undefined;
}

type Kind = 'UI' | 'US' | 'AE' | 'LO';

/** The elements of group 0000 that Waystation reads and writes, in the order of their tags (PS3.7 table E.1-1). */
export const commandElements = [
  { element: 0x0002, keyword: 'affectedSopClassUid', kind: 'UI' },
  { element: 0x0100, keyword: 'commandField', kind: 'US' },
  { element: 0x0110, keyword: 'messageId', kind: 'US' },
  { element: 0x0120, keyword: 'messageIdBeingRespondedTo', kind: 'US' },
  { element: 0x0700, keyword: 'priority', kind: 'US' },
  { element: 0x0800, keyword: 'dataSetType', kind: 'US' },
  { element: 0x0900, keyword: 'status', kind: 'US' },
  { element: 0x0902, keyword: 'errorComment', kind: 'LO' },
  { element: 0x1000, keyword: 'affectedSopInstanceUid', kind: 'UI' },
  { element: 0x1030, keyword: 'moveOriginatorAeTitle', kind: 'AE' },
  { element: 0x1031, keyword: 'moveOriginatorMessageId', kind: 'US' },
] as const satisfies readonly { element: number; keyword: string; kind: Kind }[];

export type CommandElement = (typeof commandElements)[number];

/** Command Data Set Type that stands for no data set; any other stands for one (PS3.7 table E.1-1). */
export const NO_DATA_SET = 0x0101;
export const DATA_SET_FOLLOWS = 0x0001;
