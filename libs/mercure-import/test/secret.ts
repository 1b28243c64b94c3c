/** A value that nobody may see. @param of what it belongs to */
export const secret = (of: string): string => `hunter2-${of}`;
