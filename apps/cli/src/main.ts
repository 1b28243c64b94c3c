import { CodedError, messageOf } from '@waystation/kernel';
import { Command } from 'commander';
import { archiveCommand } from './commands/archive.js';
import { bundleCommand } from './commands/bundle.js';
import { checkProofCommand } from './commands/check-proof.js';
import { configCommand } from './commands/config.js';
import { eventsCommand } from './commands/events.js';
import { explainCommand } from './commands/explain.js';
import { forgetCommand } from './commands/forget.js';
import { historyCommand } from './commands/history.js';
import { deliveriesCommand, quarantineCommand, queuesCommand, seriesCommand } from './commands/lists.js';
import { makeSigningKeyCommand } from './commands/make-signing-key.js';
import { proveCommand } from './commands/prove.js';
import { rebuildCommand } from './commands/rebuild.js';
import { redriveCommand } from './commands/redrive.js';
import { replayCommand } from './commands/replay.js';
import { rotateIdentityKeyCommand } from './commands/rotate-identity-key.js';
import { ruleCommand } from './commands/rule.js';
import { senderCommand } from './commands/sender.js';
import { statusCommand } from './commands/status.js';
import { subscriptionCommand } from './commands/subscription.js';
import { targetCommand } from './commands/target.js';
import { verifyCommand } from './commands/verify.js';
import { addGlobalOptions } from './context.js';

const program = addGlobalOptions(new Command('waystation'), process.env)
  .description('Talks to a running Waystation: configure it, watch it, replay what happened.')
  .showHelpAfterError('(--help tells more)')
  .addHelpText(
    'after',
    `
First steps:
  waystation target add pacs --host 127.0.0.1 --port 11113 --called-ae PACS
  waystation rule add everything --when "True" --to pacs
  storescu 127.0.0.1 11112 -aec WAYSTATION +sd folder-with-dicom
  waystation series`,
  );

for (const command of [
  statusCommand(),
  targetCommand(),
  ruleCommand(),
  senderCommand(),
  configCommand(),
  seriesCommand(),
  historyCommand(),
  replayCommand(),
  explainCommand(),
  bundleCommand(),
  deliveriesCommand(),
  redriveCommand(),
  queuesCommand(),
  quarantineCommand(),
  eventsCommand(),
  subscriptionCommand(),
  verifyCommand(),
  proveCommand(),
  checkProofCommand(),
  makeSigningKeyCommand(),
  archiveCommand(),
  rebuildCommand(),
  forgetCommand(),
  rotateIdentityKeyCommand(),
])
  program.addCommand(command);

// Whoever reads only the beginning, such as `| head`, has what he wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  const message = messageOf(error);
  // Behind a caret on a line of its own the code would look like part of what it points to.
  const gap = message.includes('\n') ? '\n' : ' ';
  process.stderr.write(`${message}${error instanceof CodedError ? `${gap}(${error.code})` : ''}\n`);
  process.exitCode = 1;
}
