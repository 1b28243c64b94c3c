import { rm } from 'node:fs/promises';
import { dimseStatuses } from '@waystation/dicom-network';
import { quarantineDecider, seriesDecider, type Reinjecting } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type EventMetadata } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { hasCode } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import { ConfigurationInForce } from '../receive-instance/configuration-in-force.js';
import { faultOf } from '../receive-instance/fault-of.js';
import { identifyObject, type Identified } from '../receive-instance/identify-object.js';
import { outcomeOf, storeInstanceOf, type DurableObject } from '../receive-instance/store-instance-of.js';
import { readQuarantined, type QuarantinedObject } from './read-quarantined.js';

/** What somebody asked for, and where its outcome is to be written. */
interface Asked {
  readonly stream: string;
  readonly sequence: number;
  readonly state: Reinjecting;
}

/** Takes an object of the quarantine in, as if its sender had sent it once more. */
export class ReinjectObject {
  private readonly configuration: ConfigurationInForce;

  constructor(
    private readonly commands: CommandHandler,
    private readonly objects: ObjectStore,
    private readonly identities: Identities,
    private readonly spoolFolder: string,
  ) {
    this.configuration = new ConfigurationInForce(commands);
  }

  /**
   * Does what was asked for in a stream `quarantine/<sha256>`: its outcome is one event, written with what it makes of the
   * series or not at all. Nothing where it is done.
   * @throws CodedError where database, object store or disk are to blame: it is to be tried again
   */
  async handle(stream: string): Promise<void> {
    const { state, sequence } = await this.commands.load(quarantineDecider, stream);
    if (state.status !== 'reinjecting') return;
    const asked: Asked = { stream, sequence, state };
    try {
      await this.takeIn(asked);
    } catch (error) {
      const { status, code, reason } = faultOf(error);
      const isOurs = status === dimseStatuses.outOfResources.code && !hasCode(error, 'object-store.missing');
      if (isOurs) throw error;
      await this.refuse(asked, code, reason);
    }
  }

  private async takeIn(asked: Asked): Promise<void> {
    const { objects, spoolFolder } = this;
    const { wanted } = await this.configuration.current();
    const quarantined = await readQuarantined(asked.state.request, { objects, spoolFolder, wanted });
    try {
      const identified = identifyObject(quarantined, quarantined.command);
      if ('status' in identified) await this.refuse(asked, identified.code, identified.reason);
      else await this.store(asked, quarantined, identified);
    } finally {
      if ('path' in quarantined.object) await rm(quarantined.object.path, { force: true });
    }
  }

  private async store(asked: Asked, quarantined: QuarantinedObject, identified: Identified): Promise<void> {
    const { object: bytes, dataSetOffset, command } = quarantined;
    const { sha256, size } = bytes;
    const identity = await this.identities.seal(identified.uids, identified.read.identity);
    const keptSince = this.commands.now();
    const key = await this.objects.keep(bytes);
    const durable: DurableObject = {
      ...identified,
      identity,
      source: asked.state.request.source,
      transferSyntaxUid: command.transferSyntaxUid,
      object: { key, sha256, size, dataSetOffset },
      keptSince,
    };
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = identified.uids;
    await this.commands.handle(
      seriesDecider,
      streamName.series(seriesInstanceUid),
      storeInstanceOf(durable, await this.configuration.current()),
      {
        metadata: metadataOf(asked),
        alongside: (events) => {
          const instance = { studyInstanceUid, seriesInstanceUid, sopInstanceUid, outcome: outcomeOf(events) };
          const { stream, sequence, state } = asked;
          const note = { kind: 'note-reinjected', requestedBy: state.requestedBy, instance } as const;
          return [{ stream, expected: sequence, events: quarantineDecider.decide(state, note), timer: null }];
        },
      },
    );
  }

  private async refuse(asked: Asked, code: string, reason: string): Promise<void> {
    const { requestedBy } = asked.state;
    const refusal = { kind: 'refuse-reinjection', requestedBy, code, reason } as const;
    await this.commands.handle(quarantineDecider, asked.stream, refusal, { metadata: metadataOf(asked) });
  }
}

/** It began when its association brought it, and somebody's request is its cause. */
const metadataOf = ({ state: { request, requestedBy } }: Asked): EventMetadata => ({
  correlationid: streamName.association(request.source.association),
  causationid: requestedBy,
});
