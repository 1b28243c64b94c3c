/** What is done with an attribute, PS3.15 table E.1-1a; combinations leave it to the type of the attribute. */
export type ActionCode = 'D' | 'Z' | 'X' | 'K' | 'C' | 'U' | 'Z/D' | 'X/Z' | 'X/D' | 'X/Z/D' | 'X/Z/U*';
