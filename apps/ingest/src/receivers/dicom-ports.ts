import type { DicomSettings } from '@waystation/configuration';
import { Admission, StoreScp, type StoreScpHandlers, type StoreScpOptions } from '@waystation/dicom-network';
import { CodedError, hasCode } from '@waystation/kernel';
import { readServerTls, type ReceiverTls } from './read-server-tls.js';

/** Where DICOM really listens, the settings may say 0 for any port that is free; undefined where it does not. */
export interface ListeningOn {
  readonly port: number | undefined;
  readonly tlsPort: number | undefined;
}

/** The DICOM ports of one receiver, plain, over TLS or both, under limits that count them together. */
export class DicomPorts implements ListeningOn {
  private plain: StoreScp | undefined;
  private secure: StoreScp | undefined;
  private credentials: ReceiverTls | undefined;

  private constructor() {}

  /**
   * Starts to listen, on all of the ports or on none.
   * @throws CodedError `ingest.tls-unusable`, `ingest.port-taken`, `dicom-network.cannot-listen`
   */
  static async listen(dicom: DicomSettings, handlers: StoreScpHandlers): Promise<DicomPorts> {
    const ports = new DicomPorts();
    const options = optionsOf(dicom, handlers);
    const { port, tls } = dicom;
    try {
      if (tls !== undefined) ports.credentials = await readServerTls(tls, dicom.artimSeconds * 1000);
      if (port !== undefined) ports.plain = await listenOn({ ...options, port }, 'WAYSTATION_DICOM_PORT');
      if (tls !== undefined) {
        const secure = { ...options, port: tls.port, tls: ports.credentials?.tls };
        ports.secure = await listenOn(secure, 'WAYSTATION_DICOM_TLS_PORT');
      }
    } catch (error) {
      await ports.close(0);
      throw error;
    }
    return ports;
  }

  get port(): number | undefined {
    return this.plain?.port;
  }

  get tlsPort(): number | undefined {
    return this.secure?.port;
  }

  /** When the certificate ends to be valid. */
  get expiresAt(): string | undefined {
    return this.credentials?.expiresAt;
  }

  /** Aborts associations, by their ids. */
  breakOff(associations: ReadonlySet<string>, because: string): void {
    this.plain?.breakOff(associations, because);
    this.secure?.breakOff(associations, because);
  }

  /** Lets what is being stored finish for at most `graceMs`. */
  async close(graceMs: number): Promise<void> {
    await Promise.all([this.plain?.close(graceMs), this.secure?.close(graceMs)]);
  }
}

const optionsOf = (dicom: DicomSettings, handlers: StoreScpHandlers): Omit<StoreScpOptions, 'port' | 'tls'> => ({
  host: dicom.host,
  handlers,
  admission: new Admission(dicom),
  maxObjectBytes: dicom.maxObjectBytes,
  minimumRate: dicom.minimumRate,
  maximumLength: dicom.maximumPduLength,
  artimMs: dicom.artimSeconds * 1000,
  idleMs: dicom.idleSeconds * 1000,
  operationsWindow: dicom.operationsWindow,
});

const listenOn = async (options: StoreScpOptions, variable: string): Promise<StoreScp> => {
  try {
    return await StoreScp.listen(options);
  } catch (error) {
    if (!hasCode(error, 'dicom-network.port-taken')) throw error;
    const { host, port } = options;
    const message = `DICOM cannot listen on ${host}:${port}: the port is taken; choose another with ${variable}`;
    throw new CodedError('ingest.port-taken', message, { cause: error });
  }
};
