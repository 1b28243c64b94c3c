import { CodedError, messageOf } from '@waystation/kernel';
import { Command } from 'commander';
import { archiveCommand } from './commands/archive.js';
import { bundleCommand } from './commands/bundle.js';
import { checkProofCommand } from './commands/check-proof.js';
import { completeCommand } from './commands/complete.js';
import { completeStudyCommand, discardStudyCommand } from './commands/complete-study.js';
import { configCommand } from './commands/config/config.js';
import { eventsCommand } from './commands/events.js';
import { explainCommand } from './commands/explain.js';
import { forgetCommand } from './commands/forget.js';
import { historyCommand } from './commands/history.js';
import { holdCommand } from './commands/hold.js';
import { importCommand } from './commands/import.js';
import { jobCommand } from './commands/job.js';
import { jobsCommand } from './commands/jobs.js';
import { deliveriesCommand, queuesCommand, seriesCommand } from './commands/lists.js';
import { makeSigningKeyCommand } from './commands/make-signing-key.js';
import { moduleCommand } from './commands/module/module.js';
import { notificationsCommand } from './commands/notifications.js';
import { objectsCommand } from './commands/objects/objects.js';
import { proveCommand } from './commands/prove.js';
import { quarantineCommand, refusalsCommand } from './commands/quarantine.js';
import { rebuildCommand } from './commands/rebuild.js';
import { redriveCommand } from './commands/redrive.js';
import { reinjectCommand } from './commands/reinject.js';
import { releaseCommand } from './commands/release.js';
import { reopenCommand } from './commands/reopen.js';
import { replayCommand } from './commands/replay.js';
import { retentionCommand } from './commands/retention/retention.js';
import { rotateIdentityKeyCommand } from './commands/rotate-identity-key.js';
import { ruleCommand } from './commands/rule/rule.js';
import { senderCommand } from './commands/sender.js';
import { statusCommand } from './commands/status.js';
import { studiesCommand } from './commands/studies.js';
import { subscriptionCommand } from './commands/subscription.js';
import { targetCommand } from './commands/target.js';
import { verifyCommand } from './commands/verify.js';
import { whatIfCommand } from './commands/what-if.js';
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
  moduleCommand(),
  senderCommand(),
  configCommand(),
  importCommand(),
  seriesCommand(),
  studiesCommand(),
  completeCommand(),
  completeStudyCommand(),
  discardStudyCommand(),
  reopenCommand(),
  historyCommand(),
  replayCommand(),
  explainCommand(),
  whatIfCommand(),
  bundleCommand(),
  retentionCommand(),
  deliveriesCommand(),
  jobsCommand(),
  jobCommand(),
  notificationsCommand(),
  redriveCommand(),
  holdCommand(),
  releaseCommand(),
  queuesCommand(),
  quarantineCommand(),
  reinjectCommand(),
  refusalsCommand(),
  eventsCommand(),
  subscriptionCommand(),
  verifyCommand(),
  proveCommand(),
  checkProofCommand(),
  makeSigningKeyCommand(),
  archiveCommand(),
  objectsCommand(),
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
