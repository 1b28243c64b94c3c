import { ownerText, parseOwner, type Owner } from './owner.js';
import { isLeftBehind } from './is-left-behind.js';

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

/** Whether nobody waits for a container any more: whoever started it is gone, or its time is over. */
export const isLeftover = (labels: Labels, me: Owner, now: number, isAlive: (pid: number) => boolean): boolean => {
  const owner = parseOwner(labels[OWNER] ?? '');
  if (owner === undefined) return false;
  return isLeftBehind(owner, me, isAlive) || Number(labels[EXPIRES] ?? Number.NaN) < now;
};
