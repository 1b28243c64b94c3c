import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { ContainerBind, ContainerModule } from '@waystation/events';
import { CodedError } from '@waystation/kernel';

/** What the settings of this machine let modules do. */
export interface ContainerAccess {
  /** Absolute paths of folders, everything below them included. */
  readonly binds: readonly string[];
  readonly root: boolean;
}

/**
 * Checks what a module asks for against what the settings allow.
 * @throws CodedError `container.root-refused`, `container.bind-refused`
 */
export const checkAccess = async (module: ContainerModule, allowed: ContainerAccess): Promise<void> => {
  if (module.root && !allowed.root) {
    throw refusal(
      'root',
      `module '${module.name}' asks for root, which containers.root of the settings does not allow`,
    );
  }
  for (const bind of module.binds) {
    if (!(await isAllowed(bind, allowed.binds))) {
      throw refusal(
        'bind',
        `module '${module.name}' asks for the folder ${bind.source}, which is not below one that containers.binds of the settings allows`,
      );
    }
  }
};

/** The engine follows links: where this service sees the folder, what they lead to counts as well. */
const isAllowed = async ({ source }: ContainerBind, allowed: readonly string[]): Promise<boolean> => {
  const folders = await Promise.all(allowed.map(realOf));
  return isBelow(resolve(source), allowed) && isBelow(await realOf(source), [...allowed, ...folders]);
};

const isBelow = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep));

const realOf = async (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

const refusal = (what: 'root' | 'bind', message: string): CodedError =>
  new CodedError(`container.${what}-refused`, message, { details: { retryable: false } });
