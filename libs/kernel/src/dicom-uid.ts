/** Unique identifier, PS3.5 chapter 9: digits and dots, at most 64 characters. */
const UID = /^[0-9]+(\.[0-9]+)*$/;

/** Whether the text is a UID. Leading zeros in components are tolerated: real scanners send them (PS3.5 9.1 forbids). */
export const isDicomUid = (text: string): boolean => text.length <= 64 && UID.test(text);

/** Strips the padding PS3.5 6.2 allows behind a UI value (NUL) and what senders use instead (space). */
export const trimDicomUid = (text: string): string => text.replace(/[\0 ]+$/, '').replace(/^ +/, '');
