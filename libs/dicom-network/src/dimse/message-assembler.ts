import { protocolFault } from '../pdu/protocol-fault.js';
import { CommandCollector } from './command-collector.js';
import type { CommandSet } from './command-set.js';
import { decodeCommand } from './decode-command.js';

export interface MessageSink {
  /** A command is complete. Where it has a data set, that follows before anything else. */
  command(contextId: number, command: CommandSet): void;
  /** Bytes of the data set: a view of what was received. */
  data(bytes: Buffer): void;
  dataEnd(): void;
}

/**
 * Makes messages of PDV fragments: a command set, then its data set if it has one, both on one presentation context and
 * never interleaved (PS3.7 6.3.1, PS3.8 E.1).
 */
export class MessageAssembler {
  private readonly commands = new CommandCollector();
  private part: 'none' | 'command' | 'data' = 'none';
  private contextId = 0;

  /** @param contexts ids of the presentation contexts that were accepted */
  constructor(
    private readonly sink: MessageSink,
    private readonly contexts: ReadonlySet<number>,
  ) {}

  /** @throws CodedError `dicom-network.invalid-pdu-parameter` or `.unexpected-pdu-parameter` */
  fragment(contextId: number, isCommand: boolean, bytes: Buffer, endsMessage: boolean): void {
    this.checkContext(contextId);
    if (isCommand !== (this.part !== 'data')) {
      throw protocolFault(
        'dicom-network.unexpected-pdu-parameter',
        isCommand ? 'A command came inside a data set' : 'A data set came without a command that announces it',
      );
    }
    if (isCommand) this.command(contextId, bytes, endsMessage);
    else this.data(bytes, endsMessage);
  }

  private checkContext(contextId: number): void {
    if (!this.contexts.has(contextId)) {
      throw protocolFault(
        'dicom-network.invalid-pdu-parameter',
        `A PDV is for presentation context ${contextId}, which was not accepted`,
      );
    }
    if (this.part !== 'none' && contextId !== this.contextId) {
      throw protocolFault(
        'dicom-network.unexpected-pdu-parameter',
        `A PDV is for presentation context ${contextId}, expected ${this.contextId} until the message ends`,
      );
    }
  }

  private command(contextId: number, bytes: Buffer, last: boolean): void {
    this.part = 'command';
    this.contextId = contextId;
    const complete = this.commands.add(bytes, last);
    if (complete === undefined) return;
    const command = decodeCommand(complete);
    this.part = command.hasDataSet ? 'data' : 'none';
    this.sink.command(contextId, command);
  }

  private data(bytes: Buffer, last: boolean): void {
    if (bytes.length > 0) this.sink.data(bytes);
    if (!last) return;
    this.part = 'none';
    this.sink.dataEnd();
  }
}
