import dcmjsDimse from 'dcmjs-dimse';
import type { association, requests, responses, Server } from 'dcmjs-dimse';
import { freePort } from './dcmtk.js';

dcmjsDimse.log.setLevel('silent');

/** The elements of a data set as dcmjs understands them. */
export type DcmjsElements = Readonly<Record<string, unknown>>;

/** What dcmjs reads in a Part 10 file. */
export const elementsInFile = (path: string): DcmjsElements => dcmjsDimse.Dataset.fromFile(path)?.getElements() ?? {};

/**
 * Lets a client of dcmjs-dimse make requests over one association.
 * @returns the statuses it was answered
 */
const ask = (port: number, asked: readonly requests.Request[]): Promise<readonly number[]> =>
  new Promise((resolve, reject) => {
    const client = new dcmjsDimse.Client();
    const statuses: number[] = [];
    for (const request of asked) {
      request.on('response', (response: responses.Response) => statuses.push(response.getStatus()));
      client.addRequest(request);
    }
    client.on('networkError', reject);
    client.on('associationRejected', () => reject(new Error('the association was rejected')));
    client.on('closed', () => resolve(statuses));
    client.send('127.0.0.1', port, 'DCMJS', 'WAYSTATION');
  });

/** Lets it send Part 10 files. */
export const sendByDcmjs = (port: number, paths: readonly string[]): Promise<readonly number[]> =>
  ask(
    port,
    paths.map((path) => new dcmjsDimse.requests.CStoreRequest(path)),
  );

/** Lets it ask for an echo. */
export const echoByDcmjs = (port: number): Promise<readonly number[]> =>
  ask(port, [new dcmjsDimse.requests.CEchoRequest()]);

/** A server out of dcmjs-dimse that takes every storage and keeps what it understood of each object. */
export class DcmjsServer {
  private constructor(
    readonly port: number,
    /** By SOP Instance UID. */
    readonly received: ReadonlyMap<string, DcmjsElements>,
    private readonly server: Server,
  ) {}

  static async listen(): Promise<DcmjsServer> {
    const port = await freePort();
    const received = new Map<string, DcmjsElements>();
    const server = new dcmjsDimse.Server(takingAll(received));
    server.listen(port);
    return new DcmjsServer(port, received, server);
  }

  close(): void {
    this.server.close();
  }
}

const takingAll = (received: Map<string, DcmjsElements>) =>
  class extends dcmjsDimse.Scp {
    override associationRequested(asked: association.Association): void {
      for (const { context } of asked.getPresentationContexts()) {
        context.setResult(dcmjsDimse.constants.PresentationContextResult.Accept, context.getTransferSyntaxUids()[0]);
      }
      this.sendAssociationAccept();
    }

    override cStoreRequest(
      request: requests.CStoreRequest,
      callback: (response: responses.CStoreResponse) => void,
    ): void {
      const response = dcmjsDimse.responses.CStoreResponse.fromRequest(request);
      received.set(request.getAffectedSopInstanceUid(), request.getDataset()?.getElements() ?? {});
      response.setStatus(dcmjsDimse.constants.Status.Success);
      callback(response);
    }

    override associationReleaseRequested(): void {
      this.sendAssociationReleaseResponse();
    }
  };
