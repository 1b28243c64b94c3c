/** Why an object is not let out before a person has looked at it. */
export const holdReasons = ['burned-in-annotation', 'burned-in-annotation-unknown', 'encapsulated-document'] as const;

export type HoldReason = (typeof holdReasons)[number];
