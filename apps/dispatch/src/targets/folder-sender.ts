import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FolderTarget } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import type { OutgoingInstance, TargetReceipt, TargetSender } from './target-sender.js';

/** Writes objects as files. A file appears whole or not at all, and one that is there is never overwritten. */
export class FolderSender implements TargetSender<FolderTarget> {
  constructor(private readonly objects: ObjectStore) {}

  async send(
    target: FolderTarget,
    instances: readonly OutgoingInstance[],
    onReceipt: (receipt: TargetReceipt) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    for (const instance of instances) {
      signal.throwIfAborted();
      await onReceipt(await this.write(target, instance));
    }
  }

  private async write(target: FolderTarget, instance: OutgoingInstance): Promise<TargetReceipt> {
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, transferSyntaxUid, object } = instance;
    const path = join(target.path, studyInstanceUid, seriesInstanceUid, `${sopInstanceUid}.dcm`);
    const part = join(dirname(path), `.${randomUUID()}.part`);
    try {
      await mkdir(dirname(path), { recursive: true });
      await this.copy(object.key, part);
      const already = await placeWithoutOverwriting(part, path);
      if (already && (await hashOf(path)) !== (await hashOf(part)))
        return { sopInstanceUid, accepted: false, receipt: `another file is already at ${path}`, final: false };
      return { sopInstanceUid, accepted: true, receipt: path, transferSyntaxUid };
    } catch (error) {
      if (error instanceof CodedError) throw error;
      throw new CodedError('dispatch.folder-unavailable', `cannot write ${path}: ${messageOf(error)}`, {
        cause: error,
      });
    } finally {
      // Where it cannot be removed, the reason why it could not be written is the one to tell.
      await rm(part, { force: true }).catch(() => undefined);
    }
  }

  private async copy(key: string, path: string): Promise<void> {
    const file = await open(path, 'wx');
    try {
      for await (const chunk of await this.objects.get(key)) await file.writeFile(chunk as Buffer);
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}

/** A hard link fails where the name is taken; a rename would replace what is there. */
const placeWithoutOverwriting = async (part: string, path: string): Promise<boolean> => {
  try {
    await link(part, path);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return true;
    throw error;
  }
};

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};
