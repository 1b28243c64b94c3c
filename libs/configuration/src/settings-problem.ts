import { CodedError } from '@waystation/kernel';

/** One thing that is wrong with the settings. */
export interface SettingsProblem {
  /** `dicom.port`, or the file itself. */
  readonly key: string;
  /** Path of the file, or name of the variable. */
  readonly source: string;
  /** What is there instead of what is expected; without secrets. */
  readonly sentence: string;
}

/** All problems in one error, so that they can be mended in one go. Throws `settings.invalid`. */
export const refuse = (problems: readonly SettingsProblem[]): never => {
  const lines = problems.map(({ key, source, sentence }) => `${key} (${source}) ${sentence}`);
  const message =
    lines.length === 1 ? `setting ${lines[0]}` : [`${lines.length} settings are wrong:`, ...lines].join('\n  ');
  throw new CodedError('settings.invalid', message, { details: { problems } });
};
