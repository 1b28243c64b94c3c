import { numberIn, readCommand, readPdus, readPdvs, textIn } from './read-pdus.mjs';

/** What came back over a connection: how the association was answered, the responses in order, and whether it was aborted. */
export function answersIn(bytes) {
  const pdus = readPdus(bytes);
  const types = pdus.map(({ type }) => type);
  const responses = pdus
    .filter(({ type }) => type === 4)
    .flatMap(({ body }) => readPdvs(body))
    .map(({ value }) => readCommand(value))
    .map((elements) => ({
      field: numberIn(elements, 0x0100),
      status: numberIn(elements, 0x0900),
      messageId: numberIn(elements, 0x0120),
      sopInstanceUid: textIn(elements, 0x1000),
      comment: textIn(elements, 0x0902),
    }));
  return { accepted: types.includes(2), rejected: types.includes(3), aborted: types.includes(7), responses };
}
