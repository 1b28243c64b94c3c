import { readFile } from 'node:fs/promises';
import { configurationDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type Sender } from '@waystation/events';
import { messageOf, trimAeTitle } from '@waystation/kernel';
import type { KnownSender } from './what-a-sender-lacks.js';

/** A configuration that is published is followed after so long at the latest. */
const LOOK_MS = 1000;

/** Who has to show more than its AE title: at hand, since callers are answered at once. */
export class SendersInForce {
  private byAeTitle: ReadonlyMap<string, KnownSender> = new Map();
  private look: NodeJS.Timeout | undefined;

  private constructor(
    private readonly commands: CommandHandler,
    private readonly warn: (sentence: string) => void,
  ) {}

  /**
   * Reads the senders in force, and from then on again and again; while the log does not answer the last that were known
   * stay.
   * @throws CodedError `log.unavailable` where the log does not answer the first time
   */
  static async follow(commands: CommandHandler, warn: (sentence: string) => void): Promise<SendersInForce> {
    const senders = new SendersInForce(commands, warn);
    await senders.read();
    senders.schedule();
    return senders;
  }

  /** What is asked of a caller; undefined where it is nothing. */
  of(callingAeTitle: string): KnownSender | undefined {
    return this.byAeTitle.get(trimAeTitle(callingAeTitle));
  }

  stop(): void {
    clearTimeout(this.look);
    this.look = undefined;
  }

  private schedule(): void {
    this.look = setTimeout(() => {
      void this.read()
        .catch((error: unknown) => this.warn(`senders cannot be looked up: ${messageOf(error)}`))
        .finally(() => {
          if (this.look !== undefined) this.schedule();
        });
    }, LOOK_MS);
  }

  private async read(): Promise<void> {
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    const known = await Promise.all(state.document.senders.map(withPasscode));
    this.byAeTitle = new Map(known.map((one) => [trimAeTitle(one.sender.aeTitle), one]));
  }
}

/** The file is read each time: a passcode that is changed there holds without another configuration. */
const withPasscode = async (sender: Sender): Promise<KnownSender> => {
  const file = sender.user?.passcodeFile;
  if (file === undefined) return { sender };
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return { sender, passcode: text === undefined ? undefined : Buffer.from(text.replace(/\r?\n$/, '')) };
};
