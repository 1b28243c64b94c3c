/** Text from outside on one line: control characters, which could move the cursor or forge lines, are shown as `·`. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '·');
