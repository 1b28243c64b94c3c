const size = /^\s*(\d+(?:\.\d+)?)\s*([bkmgt]?)b?\s*$/i;
const powers = ['b', 'k', 'm', 'g', 't'] as const;

/** Bytes of a size as Docker writes it: a number, or `512m`, `8g`; undefined where it is none. */
export const sizeInBytes = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value > 0 ? value : undefined;
  const [, digits, unit = ''] = (typeof value === 'string' && size.exec(value)) || [];
  if (digits === undefined) return undefined;
  const power = powers.findIndex((one) => one === unit.toLowerCase());
  const bytes = Number(digits) * 1024 ** Math.max(0, power);
  return bytes > 0 && Number.isFinite(bytes) ? bytes : undefined;
};
