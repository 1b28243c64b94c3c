import { readFileSync } from 'node:fs';
import { dataSetHashes, filesUnder, freePort, startStorescp } from './dcmtk.js';
import type { Program } from './program.js';

/** DCMTK's storescp, taking all it knows and writing it bit by bit. */
export class Storescp {
  private readonly seen = new Set<string>();

  private constructor(
    readonly port: number,
    private readonly program: Program,
    private readonly folder: string,
  ) {}

  /** @param port any that is free unless told */
  static async start(folder: string, options: readonly string[] = [], port?: number): Promise<Storescp> {
    const own = port ?? (await freePort());
    return new Storescp(own, await startStorescp(folder, own, '--promiscuous', ...options), folder);
  }

  /** How a configuration names it. */
  configured(name: string, more: object = {}): object {
    return { name, kind: 'dicom', host: '127.0.0.1', port: this.port, calledAeTitle: 'PACS', ...more };
  }

  /** Everything it said. */
  get output(): string {
    return this.program.output;
  }

  /** Paths of what it got since this was called last. */
  newFiles(): readonly string[] {
    const files = filesUnder(this.folder).filter((path) => !this.seen.has(path));
    for (const path of files) this.seen.add(path);
    return files;
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }
}

/** SHA-256 of the data sets of Part 10 files, sorted. */
export const hashesOf = (paths: readonly string[]): readonly string[] =>
  dataSetHashes(paths.map((path) => readFileSync(path)));
