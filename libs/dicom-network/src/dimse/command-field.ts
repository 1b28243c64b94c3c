/** Command Field (0000,0100) values, PS3.7 table E.1-1. */
export const commandField = {
  storeRequest: 0x0001,
  storeResponse: 0x8001,
  echoRequest: 0x0030,
  echoResponse: 0x8030,
  cancelRequest: 0x0fff,
} as const;

const RESPONSE = 0x8000;

export const isResponse = (field: number): boolean => (field & RESPONSE) !== 0;

/** The command field that answers a request. */
export const responseTo = (field: number): number => field | RESPONSE;
