/** Command Field (0000,0100) values, PS3.7 table E.1-1. */
export const commandField = {
  storeRequest: 0x0001,
  storeResponse: 0x8001,
  echoRequest: 0x0030,
  echoResponse: 0x8030,
  cancelRequest: 0x0fff,
} as const;

/** Names of the requests of PS3.7 table E.1-1. */
const operations: Readonly<Record<number, string>> = {
  0x0001: 'C-STORE',
  0x0010: 'C-GET',
  0x0020: 'C-FIND',
  0x0021: 'C-MOVE',
  0x0030: 'C-ECHO',
  0x0100: 'N-EVENT-REPORT',
  0x0110: 'N-GET',
  0x0120: 'N-SET',
  0x0130: 'N-ACTION',
  0x0140: 'N-CREATE',
  0x0150: 'N-DELETE',
  0x0fff: 'C-CANCEL',
};

/** What PS3.7 calls a request; `unknown` where it knows no such operation. */
export const operationName = (field: number): string => operations[field] ?? 'unknown';

const RESPONSE = 0x8000;

export const isResponse = (field: number): boolean => (field & RESPONSE) !== 0;

/** The command field that answers a request. */
export const responseTo = (field: number): number => field | RESPONSE;
