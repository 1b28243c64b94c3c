import { readFile } from 'node:fs/promises';
import { calledEntityOf, configurationDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import {
  streamName,
  type ApplicationEntity,
  type ConfigurationDocument,
  type Sender,
  type UnknownCalledAeTitle,
} from '@waystation/events';
import { messageOf, trimAeTitle } from '@waystation/kernel';
import type { KnownSender } from './what-a-sender-lacks.js';

/** A configuration that is published is followed after so long at the latest. */
const LOOK_MS = 1000;

/** Who may call which title, and has to show more than its own: at hand, since callers are answered at once. */
export class PeersInForce {
  private senders: ReadonlyMap<string, KnownSender> = new Map();
  private document: Pick<ConfigurationDocument, 'applicationEntities' | 'unknownCalledAeTitle'> | undefined;
  private look: NodeJS.Timeout | undefined;

  private constructor(
    private readonly commands: CommandHandler,
    private readonly warn: (sentence: string) => void,
  ) {}

  /**
   * Reads what is in force, and from then on again and again; while the log does not answer the last that were known
   * stay.
   * @throws CodedError `log.unavailable` where the log does not answer the first time
   */
  static async follow(commands: CommandHandler, warn: (sentence: string) => void): Promise<PeersInForce> {
    const peers = new PeersInForce(commands, warn);
    await peers.read();
    peers.schedule();
    return peers;
  }

  /** What is asked of a caller; undefined where it is nothing. */
  sender(callingAeTitle: string): KnownSender | undefined {
    return this.senders.get(trimAeTitle(callingAeTitle));
  }

  /** What holds for a title that we are called by. */
  called(calledAeTitle: string): ApplicationEntity | UnknownCalledAeTitle {
    return this.document === undefined ? 'refuse' : calledEntityOf(this.document, calledAeTitle);
  }

  stop(): void {
    clearTimeout(this.look);
    this.look = undefined;
  }

  private schedule(): void {
    this.look = setTimeout(() => {
      void this.read()
        .catch((error: unknown) => this.warn(`who may call cannot be looked up: ${messageOf(error)}`))
        .finally(() => {
          if (this.look !== undefined) this.schedule();
        });
    }, LOOK_MS);
  }

  private async read(): Promise<void> {
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    const known = await Promise.all(state.document.senders.map(withPasscode));
    this.document = state.document;
    this.senders = new Map(known.map((one) => [trimAeTitle(one.sender.aeTitle), one]));
  }
}

/** The file is read each time: a passcode that is changed there holds without another configuration. */
const withPasscode = async (sender: Sender): Promise<KnownSender> => {
  const file = sender.user?.passcodeFile;
  if (file === undefined) return { sender };
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return { sender, passcode: text === undefined ? undefined : Buffer.from(text.replace(/\r?\n$/, '')) };
};
