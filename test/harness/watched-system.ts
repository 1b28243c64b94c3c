import { join } from 'node:path';
import type { SyntheticInstance } from '@waystation/testing';
import { expectExported, expectKept, expectNoSilentDouble, untilDelivered } from './evidence.js';
import { Modality } from './modality.js';
import { RecordingTarget } from './recording-target.js';
import { createSubstrate, Services, type App, type OwnServers, type Service, type Substrate } from './services.js';
import { removeFolder, temporaryFolder } from './standalone.js';
import { eventually, type HistoryEntry } from './waystation.js';

export interface WatchedSystemOptions {
  /** Servers of its own, in place of those that all tests share. */
  readonly servers?: OwnServers;
  /** One of each where it is left out. */
  readonly apps?: readonly App[];
  /** Further settings, which may name places in the folder of the system. */
  readonly settings?: (folder: string) => NodeJS.ProcessEnv;
  /** How long the target takes for an object, milliseconds. */
  readonly pauseMs?: number;
  /** How the target `export` is tried. */
  readonly exportRetry?: object;
}

const everyApp: readonly App[] = ['ingest', 'routing', 'dispatch', 'audit', 'control'];

/**
 * Services that send whatever a scanner pushes to a target that counts (`pacs`) and to a folder (`export`): all that comes
 * in and goes out is known, whatever is taken away meanwhile.
 */
export class WatchedSystem {
  /** What the scanner has. */
  series: readonly SyntheticInstance[] = [];
  modality = new Modality();

  private constructor(
    readonly substrate: Substrate,
    readonly services: Services,
    readonly pacs: RecordingTarget,
    private readonly folder: string,
    private readonly configuration: object,
  ) {}

  static async start(options: WatchedSystemOptions = {}): Promise<WatchedSystem> {
    const { servers, apps = everyApp, settings, pauseMs, exportRetry } = options;
    const [folder, pacs] = await Promise.all([temporaryFolder(), RecordingTarget.listen(pauseMs)]);
    const substrate = await createSubstrate(servers);
    const services = await Services.start(substrate, folder, apps, settings?.(folder));
    const retry = exportRetry === undefined ? {} : { retry: exportRetry };
    const system = new WatchedSystem(substrate, services, pacs, folder, {
      completion: { quietPeriodSeconds: 1 },
      targets: [pacs.configured('pacs'), { name: 'export', kind: 'folder', path: join(folder, 'export'), ...retry }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs', 'export'] }],
    });
    await system.publish();
    return system;
  }

  /** Publishes what it was started with. */
  publish(): Promise<void> {
    return this.services.waystation.publish(this.configuration);
  }

  /** Gives the scanner another series, of which nothing is sent yet. @param pauseMs between two objects */
  scan(series: readonly SyntheticInstance[], pauseMs = 0): void {
    this.series = series;
    this.modality = new Modality(pauseMs);
  }

  /** Series Instance UID of what the scanner has. */
  get uid(): string {
    return this.series[0]?.seriesInstanceUid ?? '';
  }

  /** Sends what the scanner has until all of it is acknowledged. */
  push(to: Service = this.services.one('ingest')): Promise<void> {
    return this.modality.push(to.dicomPort, this.series);
  }

  history(): Promise<readonly HistoryEntry[]> {
    return this.services.waystation.history(this.uid);
  }

  /** Waits for a fact. */
  async until(what: string, holds: () => boolean): Promise<void> {
    await eventually(what, async () => (holds() ? true : undefined));
  }

  /** Waits until everything is where it belongs: kept and delivered as it was sent, once or with a record of why twice. */
  async expectIntact(): Promise<readonly HistoryEntry[]> {
    const { series, services, substrate, modality, pacs } = this;
    await untilDelivered(services.waystation, series, ['pacs', 'export']);
    const history = await this.history();
    await expectKept(history, substrate.objects, modality, series);
    expectNoSilentDouble(history, 'pacs', pacs, series);
    expectExported(join(this.folder, 'export', series[0]?.studyInstanceUid ?? '', this.uid), series);
    return history;
  }

  async stop(): Promise<void> {
    await this.services.stop();
    await this.pacs.close();
    await this.substrate.remove();
    await removeFolder(this.folder);
  }
}
