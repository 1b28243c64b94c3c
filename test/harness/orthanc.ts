import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './dcmtk.js';
import { Program } from './program.js';
import { eventually } from './waystation.js';

/** What the ports of an Orthanc and its peers are; peers by name. */
interface Wiring {
  readonly dicomPort: number;
  readonly peers: Readonly<Record<string, readonly [aeTitle: string, host: string, port: number]>>;
}

/** An Orthanc as Debian ships it: it keeps what it gets, uncompressed on disk, and sends what it is told to over its REST interface. */
export class Orthanc {
  private constructor(
    private readonly program: Program,
    private readonly url: string,
    readonly dicomPort: number,
  ) {}

  static async start(folder: string, { dicomPort, peers }: Wiring): Promise<Orthanc> {
    const httpPort = await freePort();
    const path = join(folder, 'orthanc.json');
    const settings = {
      Name: 'PEER',
      StorageDirectory: join(folder, 'objects'),
      IndexDirectory: join(folder, 'index'),
      StorageCompression: false,
      HttpPort: httpPort,
      AuthenticationEnabled: false,
      DicomAet: 'ORTHANC',
      DicomPort: dicomPort,
      DicomAlwaysAllowStore: true,
      UnknownSopClassAccepted: true,
      DicomModalities: peers,
    };
    await mkdir(folder, { recursive: true });
    await writeFile(path, JSON.stringify(settings));
    const environment = { ...process.env, TCP_NODELAY: '1' };
    const orthanc = new Orthanc(
      Program.start('Orthanc', 'Orthanc', [path], environment),
      `http://127.0.0.1:${httpPort}`,
      dicomPort,
    );
    await orthanc.program.says(/Orthanc has started/);
    return orthanc;
  }

  /** Verifies a peer. */
  async echo(peer: string): Promise<void> {
    await this.request(`/modalities/${peer}/echo`, 'POST', '{}');
  }

  /** Gives it Part 10 files. @returns its names of them */
  async upload(paths: readonly string[]): Promise<readonly string[]> {
    const names: string[] = [];
    for (const path of paths) {
      const answer = await this.request('/instances', 'POST', await readFile(path));
      names.push(((await answer.json()) as { readonly ID: string }).ID);
    }
    return names;
  }

  /** Lets it send objects to a peer; throws where one is not taken. */
  async store(peer: string, names: readonly string[]): Promise<void> {
    await this.request(`/modalities/${peer}/store`, 'POST', JSON.stringify(names));
  }

  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) await this.request(`/instances/${name}`, 'DELETE');
  }

  /** Waits until it has so many objects. @returns its names of them */
  async has(count: number): Promise<readonly string[]> {
    return eventually(`Orthanc to have ${count} objects`, async () => {
      const names = await this.get<readonly string[]>('/instances');
      return names.length >= count ? names : undefined;
    });
  }

  /** Takes objects out as Part 10 files. @returns their paths */
  async download(names: readonly string[], folder: string): Promise<readonly string[]> {
    await mkdir(folder, { recursive: true });
    const paths: string[] = [];
    for (const name of names) {
      const path = join(folder, `${name}.dcm`);
      await writeFile(path, Buffer.from(await (await this.request(`/instances/${name}/file`)).arrayBuffer()));
      paths.push(path);
    }
    return paths;
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }

  private async get<Answer>(path: string): Promise<Answer> {
    return (await (await this.request(path)).json()) as Answer;
  }

  private async request(path: string, method = 'GET', body?: string | Buffer): Promise<Response> {
    const response = await fetch(this.url + path, { method, ...(body === undefined ? {} : { body }) });
    if (response.ok) return response;
    throw new Error(`Orthanc answered ${response.status} to ${method} ${path}: ${await response.text()}`);
  }
}
