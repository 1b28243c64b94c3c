import { describeSettings } from '@waystation/configuration';

/** What `npm start -- --help` says. */
export const printHelp = (out: NodeJS.WritableStream): void => {
  out.write(`Starts every service of Waystation in one process.

Example:
  WAYSTATION_DICOM_PORT=11113 WAYSTATION_DATA=/srv/waystation npm start

Settings come from the environment and from waystation.json in the current folder; the environment wins.

${describeSettings()}
`);
};
