import { ofInstallation, containerLabels, type Labels } from '../ownership/container-labels.js';
import type { ContainerSpec } from '../executor/container-spec.js';
import type { Owner } from '../ownership/owner.js';
import { labelValue } from './label-value.js';

/** What network policies go by. */
const NETWORK = 'org.waystation.network';
/** Values of labels take few characters; these are found without a selector. */
const annotated = /\.(owner|expires)$/;

/** How a Job and its pod are found again, and what network policies they get. */
export const jobMarks = (
  installation: string,
  owner: Owner,
  { job, expiresAt, network }: Pick<ContainerSpec, 'job' | 'expiresAt' | 'network'>,
): { readonly labels: Record<string, string>; readonly annotations: Record<string, string> } => {
  const all: Labels = containerLabels(labelValue(installation), owner, labelValue(job), expiresAt);
  const pick = (isAnnotation: boolean): Record<string, string> =>
    Object.fromEntries(Object.entries(all).filter(([key]) => annotated.test(key) === isAnnotation));
  return {
    labels: { 'app.kubernetes.io/name': 'waystation-module', ...pick(false), [NETWORK]: network ? 'allowed' : 'none' },
    annotations: pick(true),
  };
};

/** Selects the Jobs of an installation. */
export const jobsOf = (installation: string): string => ofInstallation(labelValue(installation));
