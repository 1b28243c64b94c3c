/** A moment as ISO 8601 in UTC with milliseconds, for example `2026-01-31T12:00:00.000Z`. Sorts as text. */
export type Instant = string;

/** Milliseconds from one moment to another. */
export const millisecondsBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

/** The moment that lies `milliseconds` after another. */
export const instantAfter = (from: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(from) + milliseconds).toISOString();
