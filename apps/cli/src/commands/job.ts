import { text } from 'node:stream/consumers';
import type { HistoryEntry, PastState } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { jsonText } from '../output/json-text.js';
import { oneLine } from '../output/one-line.js';
import { authorQuery, authorship, type Authorship } from './authorship.js';
import { jobFileCommand, jobFilesCommand } from './job-files.js';
import { runJobCommand, settingsIn } from './run-job.js';

interface Answer {
  readonly job: string;
  readonly status: string;
}

/** `waystation job …` */
export const jobCommand = (): Command =>
  new Command('job')
    .description('looks at a job, ends it, does it again, or has a series or study processed without a rule')
    .addCommand(showJob())
    .addCommand(jobText('log', 'prints what a module wrote while it ran'))
    .addCommand(jobText('result', 'prints what a module found, as JSON'))
    .addCommand(jobFilesCommand())
    .addCommand(jobFileCommand())
    .addCommand(cancelJob())
    .addCommand(releaseJob())
    .addCommand(restartJob())
    .addCommand(runJobCommand());

const showJob = (): Command =>
  new Command('show')
    .description('shows what became of a job: what it was given, what it made, what follows')
    .argument('<job>', 'as `waystation jobs` shows it')
    .addHelpText('after', '\nExample:\n  waystation job show 5d1f0c3a9be7426880d1')
    .action(async (job: string, _options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/streams/job/${encodeURIComponent(job)}`;
      const [{ state }, history] = await Promise.all([
        api.get<PastState>(`${path}/replay`),
        api.get<readonly HistoryEntry[]>(`${path}/history`),
      ]);
      output.answer({ job, state, history }, () => [
        ...history.map(({ recordedtime, sentence }) => `${recordedtime}  ${sentence}`),
        '',
        jsonText(state),
      ]);
    });

const jobText = (what: 'log' | 'result', description: string): Command =>
  new Command(what)
    .description(description)
    .argument('<job>', 'as `waystation jobs` shows it')
    .option('--attempt <n>', 'the last one that left any unless told')
    .addHelpText('after', `\nExample:\n  waystation job ${what} 5d1f0c3a9be7426880d1`)
    .action(async (job: string, { attempt }: { readonly attempt?: string }, command: Command) => {
      const { api, output } = contextOf(command);
      const query = attempt === undefined ? '' : `?${new URLSearchParams({ attempt }).toString()}`;
      const found = await text(await api.stream(`api/jobs/${encodeURIComponent(job)}/objects/${what}${query}`));
      output.answer({ job, [what]: what === 'result' ? (JSON.parse(found) as unknown) : found }, () =>
        what === 'result' ? [jsonText(JSON.parse(found))] : found.trimEnd().split('\n').map(oneLine),
      );
    });

const cancelJob = (): Command =>
  authorship(new Command('cancel'))
    .description('ends a job that waits or runs; what runs for it is stopped')
    .argument('<job>', 'as `waystation jobs` shows it')
    .addHelpText('after', '\nExample:\n  waystation job cancel 5d1f0c3a9be7426880d1 --reason "wrong settings"')
    .action(async (job: string, by: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/jobs/${encodeURIComponent(job)}/cancel?${authorQuery(by)}`;
      const answer = await api.control<Answer>('POST', path);
      output.answer(answer, () => [`job ${job} is ${answer.status}`]);
    });

const releaseJob = (): Command =>
  authorship(new Command('release'))
    .description('has a job done now that is held or waits, at whatever hour')
    .argument('<job>', 'as `waystation jobs --status held` shows it')
    .addHelpText('after', '\nExample:\n  waystation job release 5d1f0c3a9be7426880d1 --reason "the surgeon waits"')
    .action(async (job: string, by: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/jobs/${encodeURIComponent(job)}/release?${authorQuery(by)}`;
      const answer = await api.control<Answer>('POST', path);
      output.answer(answer, () => [`job ${job} is ${answer.status} and due now`]);
    });

const restartJob = (): Command =>
  authorship(new Command('restart'))
    .description('does a job again that is over or waits, on the same input')
    .argument('<job>', 'as `waystation jobs` shows it')
    .option('--settings <json>', 'other settings, key by key')
    .addHelpText(
      'after',
      `
Examples:
  waystation job restart 5d1f0c3a9be7426880d1 --reason "the licence server is back"
  waystation job restart 5d1f0c3a9be7426880d1 --settings '{"threshold": 0.4}'`,
    )
    .action(async (job: string, options: Authorship & { readonly settings?: string }, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/jobs/${encodeURIComponent(job)}/restart?${authorQuery(options)}`;
      const body = options.settings === undefined ? {} : { settings: settingsIn(options.settings) };
      const answer = await api.control<Answer>('POST', path, body);
      output.answer(answer, () => [`job ${job} is ${answer.status} and due now`]);
    });
