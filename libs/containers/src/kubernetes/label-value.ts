import { createHash } from 'node:crypto';

/** A name as the value of a label: itself where Kubernetes takes it, else something that stands for it. */
export const labelValue = (name: string): string =>
  /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(name)
    ? name
    : createHash('sha256').update(name).digest('hex').slice(0, 40);
