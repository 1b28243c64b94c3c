import { configurationDecider } from '@waystation/domain';
import { nameOfTarget, placeOfTarget, streamName, type Rule } from '@waystation/events';
import type { Settings } from '@waystation/configuration';
import type { ListeningOn } from '@waystation/ingest';
import type { Everything } from './start-everything.js';

/** Says where things listen, what is in force, and what to type next. */
export const printWelcome = async (
  out: NodeJS.WritableStream,
  settings: Settings,
  { platform, httpUrl, dicom }: Everything,
): Promise<void> => {
  const { state } = await platform.commands.load(configurationDecider, streamName.configuration);
  const { rules, targets, completion } = state.document;
  const { host, aeTitle } = settings.dicom;
  const dicomNode = callingOf(host, dicom);
  const cli = 'npx waystation';
  const url = httpUrl === 'http://127.0.0.1:8080' ? '' : ` --url ${httpUrl}`;
  out.write(`
Waystation is ready.

${dicomLines(settings, dicom)}
  HTTP    ${httpUrl}/api/docs
  data    ${settings.dataFolder}

  in force: configuration ${state.version}, a series is complete after ${completion.quietPeriodSeconds} s without a new object
${list('targets', targets, (target) => `${target.name}: ${placeOfTarget(target)}`)}
${list('rules', rules, (rule) => `${rule.name}: ${effectOf(rule)}`)}

  Try next, in another terminal:
    echoscu ${dicomNode} -aec ${aeTitle}
    ${cli} target add pacs --host 127.0.0.1 --port 11113 --called-ae PACS${url}
    ${cli} rule add everything --when "True" --to pacs${url}
    storescu ${dicomNode} -aec ${aeTitle} +sd FOLDER
    ${cli} series${url}

  Ctrl-C drains and stops.
`);
};

const dicomLines = ({ dicom: { host, aeTitle } }: Settings, { port, tlsPort }: ListeningOn): string =>
  [...(port === undefined ? [] : [`${port}`]), ...(tlsPort === undefined ? [] : [`${tlsPort} over TLS`])]
    .map((place) => `  DICOM   ${host}:${place}, called AE title ${aeTitle}`)
    .join('\n');

/** What DCMTK's programs have to be told to call us. */
const callingOf = (host: string, { port, tlsPort }: ListeningOn): string =>
  port === undefined ? `+tls KEY CERTIFICATE +cf AUTHORITIES ${host} ${tlsPort}` : `${host} ${port}`;

const list = <Item>(what: string, items: readonly Item[], line: (item: Item) => string): string =>
  items.length === 0 ? `  ${what}: none yet` : `  ${what}:\n${items.map((item) => `    ${line(item)}`).join('\n')}`;

const effectOf = ({ condition, fallback, ...rule }: Rule): string =>
  `${condition} → ${actionOf(rule)}${fallback ? ' (fallback)' : ''}`;

const actionOf = ({ action, targets, processing }: Omit<Rule, 'condition' | 'fallback'>): string =>
  action === 'discard'
    ? 'discard'
    : [...(processing?.steps ?? []).map(({ module }) => `process with ${module}`), targets.map(nameOfTarget).join(', ')]
        .filter((part) => part !== '')
        .join(', then ');
