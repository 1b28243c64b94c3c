import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerBind, ContainerModule } from '@waystation/events';
import { contractOf } from '../contract/contract-of.js';
import type { ContractInstance, ContractJob } from '../contract/contract-job.js';
import { taskJson } from '../mercure/task-json.js';
import type { Tags } from '../mercure/tags-reader.js';
import { writeInstance, writeOpen } from './write-input.js';

/** Whoever runs in the container may write; nobody on this machine gets past the folder above. */
const OPEN_FOLDER = 0o777;

/** The folder of one attempt, as its container sees it. */
export class JobFolder {
  readonly input: string;
  readonly output: string;

  private constructor(
    private readonly path: string,
    private readonly module: ContainerModule,
    /** Of the module; made where it is not there. */
    private readonly persistence: string | undefined,
  ) {
    this.input = join(path, 'in');
    this.output = join(path, 'out');
  }

  /**
   * @param path absolute; nothing may be there yet
   * @param persistence the folder that is kept for the module; used where it asks for one
   */
  static async make(path: string, module: ContainerModule, persistence: string): Promise<JobFolder> {
    const folder = new JobFolder(path, module, module.persistence ? persistence : undefined);
    await mkdir(path, { recursive: true, mode: 0o700 });
    for (const open of folder.writable) {
      await mkdir(open, { recursive: true });
      await chmod(open, OPEN_FOLDER);
    }
    return folder;
  }

  /** Folders of this machine that the container writes to. */
  get writable(): readonly string[] {
    return [this.input, this.output, ...(this.persistence === undefined ? [] : [this.persistence])];
  }

  /** What the container sees of it. */
  get binds(): readonly ContainerBind[] {
    const { inputFolder, outputFolder, persistenceFolder, inputReadOnly } = contractOf(this.module);
    const kept = { source: this.persistence ?? '', target: persistenceFolder, readOnly: false };
    return [
      { source: this.input, target: inputFolder, readOnly: inputReadOnly },
      { source: this.output, target: outputFolder, readOnly: false },
      ...(this.persistence === undefined ? [] : [kept]),
    ];
  }

  /** Writes the input as the contract of the module wants it. Throws what opening an object throws. */
  async writeInput(
    job: ContractJob,
    instances: readonly ContractInstance[],
    installation: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { describesInput: describes } = contractOf(this.module);
    let first: Tags | undefined;
    for (const instance of instances) {
      const tags = await writeInstance(this.input, instance, { describes, signal });
      first ??= tags;
    }
    if (!describes) return;
    const task = taskJson(job, this.module, first ?? {}, installation);
    await writeOpen(join(this.input, 'task.json'), JSON.stringify(task, undefined, 2));
  }

  /** What is kept for the module stays. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
