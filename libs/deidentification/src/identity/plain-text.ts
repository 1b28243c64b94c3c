/** Text in the form in which it is compared: compatibility characters resolved, lower case. */
export const plainText = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The same without accents. */
export const withoutAccents = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC');
