import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ of every Linux that Node runs on. */
const TICK_MS = 10;
/** Fields of /proc/<pid>/stat behind the name, proc(5). */
const PARENT = 1;
const USER = 11;
const CHILDREN_SYSTEM = 14;

/** What the system says of a process and all that it started: CPU time spent so far, and the most memory it ever had. */
export function figuresOf(pid) {
  const family = familyOf(pid);
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  return {
    cpuMs: sum(family.map(({ ticks }) => ticks)) * TICK_MS,
    peakBytes: sum(family.map((member) => peakOf(member.pid))),
  };
}

function familyOf(pid) {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(Number(name)) : []));
  const isMember = new Set([pid]);
  for (let size = 0; size !== isMember.size;) {
    size = isMember.size;
    for (const { pid: child, parent } of all) if (isMember.has(parent)) isMember.add(child);
  }
  return all.filter((one) => isMember.has(one.pid));
}

/** Children that ended are in the ticks of the one that waited for them, and until then they are listed themselves. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = fields.slice(USER, CHILDREN_SYSTEM + 1).reduce((total, value) => total + value, 0);
    return [{ pid, parent: fields[PARENT], ticks }];
  } catch {
    return [];
  }
}

function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
