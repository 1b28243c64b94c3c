import { ownerText, parseOwner, type Owner } from './owner.js';

const INSTALLATION = 'org.waystation.installation';
const OWNER = 'org.waystation.owner';
const JOB = 'org.waystation.job';
const EXPIRES = 'org.waystation.expires';

export type Labels = Readonly<Record<string, string>>;

/** How a container is found again. */
export const containerLabels = (installation: string, owner: Owner, job: string, expiresAt: number): Labels => ({
  [INSTALLATION]: installation,
  [OWNER]: ownerText(owner),
  [JOB]: job,
  [EXPIRES]: String(Math.round(expiresAt)),
});

/** What an engine filters by to show the containers of an installation only. */
export const ofInstallation = (installation: string): string => `${INSTALLATION}=${installation}`;

/** Who started a container; undefined where it is none of ours. */
export const ownerIn = (labels: Labels): Owner | undefined => parseOwner(labels[OWNER] ?? '');

/** Whether nobody waits for a container any more: whoever started it is gone, or its time is over. */
export const isLeftover = (labels: Labels, now: number, isGone: (owner: Owner) => boolean): boolean => {
  const owner = ownerIn(labels);
  if (owner === undefined) return false;
  return isGone(owner) || Number(labels[EXPIRES] ?? Number.NaN) < now;
};
