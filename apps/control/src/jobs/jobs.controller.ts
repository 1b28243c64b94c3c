import { randomUUID } from 'node:crypto';
import {
  configurationDecider,
  jobByHand,
  jobDecider,
  seriesDecider,
  timerOfJob,
  type CancelJob,
  type ReleaseJob,
  type RestartJob,
  type SeriesState,
} from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import {
  ApiBody,
  ApiOperation,
  ApiTags,
  AuthoredByQuery,
  By,
  openApiSchema,
  parseRequest,
  type Authorship,
} from '@waystation/service';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { SettingsOfApps } from '../configuration/settings-of-apps.js';
import { NewJob, Restart } from './requests.js';

/** What is known of a job after a command. */
export interface CommandedJob {
  readonly job: string;
  readonly status: string;
}

/** What operators say of jobs, over HTTP. */
@ApiTags('jobs')
@Controller('api/jobs')
@AuthoredByQuery()
export class JobsController {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    private readonly settingsOfApps: SettingsOfApps,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Has a module process a series, or series of a study together, however long ago they came' })
  @ApiBody(() => ({ schema: openApiSchema(NewJob) }))
  async run(@Body(parseRequest(NewJob)) wanted: NewJob, @By() { actor, reason }: Authorship): Promise<CommandedJob> {
    const isOfStudy = Array.isArray(wanted.series);
    const [first = '', ...others] = new Set([wanted.series].flat());
    const series = [
      await this.seriesOf(first),
      ...(await Promise.all(others.map((uid) => this.seriesOf(uid)))),
    ] as const;
    const { state: configuration } = await this.commands.load(configurationDecider, streamName.configuration);
    const job = randomUUID().replaceAll('-', '').slice(0, 20);
    const { module, settings, targets } = wanted;
    const requested = jobByHand(series, { job, module, settings, targets, reason, isOfStudy }, configuration);
    await this.settingsOfApps.assertTaken(module, settings);
    await this.log.append({
      time: new Date().toISOString(),
      metadata: { actor },
      parts: [{ stream: streamName.job(job), expected: 0, events: [requested], timer: timerOfJob(requested.data) }],
    });
    return { job, status: 'waiting' };
  }

  @Post(':job/cancel')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ends a job that waits or runs; what runs for it is stopped' })
  cancel(@Param('job') job: string, @By() by: Authorship): Promise<CommandedJob> {
    return this.tell(job, { kind: 'cancel-job', reason: by.reason }, by);
  }

  @Post(':job/release')
  @HttpCode(202)
  @ApiOperation({ summary: 'Has a job done now that is held or waits, at whatever hour' })
  release(@Param('job') job: string, @By() by: Authorship): Promise<CommandedJob> {
    return this.tell(job, { kind: 'release-job', note: by.reason }, by);
  }

  @Post(':job/restart')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Does a job again that is over or waits, on the same input, with other settings if it has any',
  })
  @ApiBody(() => ({ schema: openApiSchema(Restart), required: false }))
  async restart(
    @Param('job') job: string,
    @Body(parseRequest(Restart)) { settings }: Restart,
    @By() by: Authorship,
  ): Promise<CommandedJob> {
    if (settings !== undefined) await this.assertTakenBy(job, settings);
    return this.tell(job, { kind: 'restart-job', reason: by.reason, ...(settings && { settings }) }, by);
  }

  private async seriesOf(uid: string): Promise<SeriesState> {
    return (await this.commands.load(seriesDecider, streamName.series(uid))).state;
  }

  private async assertTakenBy(job: string, settings: NonNullable<Restart['settings']>): Promise<void> {
    const { state } = await this.commands.load(jobDecider, streamName.job(job));
    if (state.status === 'unknown') return;
    await this.settingsOfApps.assertTaken(state.request.module, { ...state.settings, ...settings });
  }

  private async tell(
    job: string,
    command: CancelJob | ReleaseJob | RestartJob,
    { actor }: Authorship,
  ): Promise<CommandedJob> {
    const { state } = await this.commands.handle(jobDecider, streamName.job(job), command, { metadata: { actor } });
    return { job, status: state.status };
  }
}
