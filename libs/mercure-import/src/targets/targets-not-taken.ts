const no = (what: string): string => `Waystation has no targets of this kind yet: ${what}`;

/** Kinds of targets that mercure knows and Waystation does not. */
export const targetsNotTaken: ReadonlyMap<string, string> = new Map([
  ['dicomweb', no('STOW-RS')],
  ['sftp', no('SFTP')],
  ['rsync', no('rsync')],
  ['xnat', no('XNAT')],
  ['s3', no('S3')],
  ['dummy', no('it is for trying out')],
]);
