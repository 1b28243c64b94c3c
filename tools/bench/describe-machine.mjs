import { cpus, loadavg } from 'node:os';

/** What the figures were measured on, in a sentence. */
export function describeMachine() {
  const [{ model } = { model: 'unknown processor' }, ...others] = cpus();
  return `${others.length + 1} × ${model}, load ${loadavg()[0].toFixed(1)} before the run.`;
}
