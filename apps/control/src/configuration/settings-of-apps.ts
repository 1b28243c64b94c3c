import {
  appDecider,
  appsOf,
  assertSettingsTaken,
  checkSettings,
  configurationDecider,
  type AnnouncedApps,
  type ConfigurationProblem,
} from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName, type ConfigurationDocument } from '@waystation/events';
import { Injectable } from '@nestjs/common';

/** Checks settings against what processing apps said of themselves when they started. */
@Injectable()
export class SettingsOfApps {
  constructor(private readonly commands: CommandHandler) {}

  /**
   * What is wrong with the settings of apps. What is wrong in the configuration in force as well is a warning: an app that
   * takes other settings since it was renewed must not keep anybody from changing something else.
   */
  async check(document: ConfigurationDocument): Promise<readonly ConfigurationProblem[]> {
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    const announced = await this.announced([...appsOf(document), ...appsOf(state.document)]);
    const inForce = new Set(checkSettings(state.document, announced).map(textOf));
    return checkSettings(document, announced).map((problem) =>
      inForce.has(textOf(problem)) ? { ...problem, severity: 'warning' } : problem,
    );
  }

  /**
   * Refuses settings of a job that would fail of them at once; what an app takes that was never seen is not known.
   * @param module name of the job's module
   * @param settings those of the job, without those of the module
   * @throws CodedError `job.settings-invalid`
   */
  async assertTaken(module: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    const found = state.document.modules.find(({ name }) => name === module);
    if (found?.kind !== 'app') return;
    const announced = await this.announced([found.app ?? found.name]);
    for (const app of announced.values()) assertSettingsTaken(found, settings, app);
  }

  private async announced(apps: readonly string[]): Promise<AnnouncedApps> {
    const states = await Promise.all(
      [...new Set(apps)].map(async (app) => (await this.commands.load(appDecider, streamName.app(app))).state),
    );
    return new Map(states.flatMap((state) => (state === undefined ? [] : [[state.app, state]])));
  }
}

const textOf = ({ path, problem }: ConfigurationProblem): string => `${path}\n${problem}`;
