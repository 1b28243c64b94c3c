import type { PublishedConfiguration } from '@waystation/answers';
import { CodedError, hasCode } from '@waystation/kernel';
import type { Authorship } from '@waystation/service';
import { Injectable } from '@nestjs/common';
import { PublishConfiguration } from './publish-configuration.js';
import { PublishedVersions } from './published-versions.js';

/** Brings back what was in force before. */
@Injectable()
export class RollBack {
  constructor(
    private readonly configuration: PublishConfiguration,
    private readonly versions: PublishedVersions,
  ) {}

  /**
   * Publishes the document of an old version as a new one.
   * @throws CodedError `configuration.unknown-version`; `configuration.invalid` where it would fail nowadays
   */
  async to(version: number, by: Authorship): Promise<PublishedConfiguration> {
    const { document } = await this.versions.version(version);
    try {
      return await this.configuration.publish(document, by, { rolledBackTo: version });
    } catch (error) {
      if (!(error instanceof CodedError) || !hasCode(error, 'configuration.invalid')) throw error;
      const message = `configuration ${version} can't be in force again, it would fail nowadays:\n${error.message}`;
      throw new CodedError(error.code, message, { details: error.details, cause: error });
    }
  }
}
