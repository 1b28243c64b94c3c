import type {
  ConfigurationDocument,
  EmailChannel,
  NotificationChannel,
  ProcessingModule,
  SecretReference,
  WebhookChannel,
} from '@waystation/events';
import { errorAt, warningAt, type ConfigurationProblem } from './configuration-problem.js';

const secretName = /^(proxy-)?authorization$|cookie|token|secret|passw|credential|signature|(api|access|auth)[-_]?key/i;
const secretValue = /^\s*(bearer|basic|digest|token)\s+\S/i;

/**
 * Finds what looks like a secret where everybody may read it, for ever: a configuration stays in the log; and references to
 * secrets that nobody would follow.
 */
export const checkSecrets = ({
  modules,
  notificationChannels,
  subscriptions,
}: ConfigurationDocument): readonly ConfigurationProblem[] => [
  ...modules.flatMap(checkEnvironment),
  ...modules.flatMap(({ name, ...module }) =>
    Object.entries(module.kind === 'container' ? module.secrets : {}).flatMap(([variable, reference]) =>
      checkReference(`modules.${name}.secrets.${variable}`, reference),
    ),
  ),
  ...notificationChannels.flatMap(problemsOf),
  ...subscriptions.flatMap(({ name, url }) => checkUrl(`subscriptions.${name}.url`, url)),
];

const checkEnvironment = (module: ProcessingModule): readonly ConfigurationProblem[] =>
  Object.keys(module.kind === 'container' ? module.environment : {})
    .filter((variable) => secretName.test(variable))
    .map((variable) =>
      errorAt(
        `modules.${module.name}.environment.${variable}`,
        `'${variable}' looks like a secret, which would stay in the log for ever: name it under secrets, such as {"environment": "${variable}"}`,
      ),
    );

const problemsOf = (channel: NotificationChannel): readonly ConfigurationProblem[] => {
  const path = `notificationChannels.${channel.name}`;
  return channel.kind === 'webhook'
    ? [
        ...checkHeaders(path, channel),
        ...checkUrl(`${path}.url`, channel.url),
        ...checkReference(`${path}.bearerToken`, channel.bearerToken),
      ]
    : [...checkPassword(path, channel), ...checkReference(`${path}.password`, channel.password)];
};

/** A path of Vault in which a part is empty or means another one leads elsewhere than it says. */
const misleading = /(^|\/)\.{0,2}(\/|#)/;

const checkReference = (path: string, reference: SecretReference | undefined): readonly ConfigurationProblem[] => {
  if (reference === undefined) return [];
  if ('environment' in reference && reference.environment.startsWith('WAYSTATION_'))
    return [errorAt(path, `'${reference.environment}' is a setting of Waystation, which no configuration may send`)];
  return 'vault' in reference && misleading.test(reference.vault)
    ? [errorAt(path, `'${reference.vault}' is no path below /v1/ of Vault and a field, such as secret/data/site#token`)]
    : [];
};

const checkHeaders = (path: string, { headers }: WebhookChannel): readonly ConfigurationProblem[] =>
  Object.entries(headers)
    .filter(([header, value]) => secretName.test(header) || secretValue.test(value))
    .map(([header]) =>
      errorAt(
        `${path}.headers.${header}`,
        `'${header}' looks like a secret, which would stay in the log for ever: name it by bearerToken, such as {"environment": "WEBHOOK_TOKEN"}`,
      ),
    );

const checkUrl = (path: string, url: string): readonly ConfigurationProblem[] =>
  [...new URL(url).searchParams.keys()]
    .filter((parameter) => secretName.test(parameter))
    .map((parameter) =>
      warningAt(path, `'${parameter}' looks like a secret: whoever may read the configuration or the log reads it`),
    );

const checkPassword = (path: string, { user, password, tls }: EmailChannel): readonly ConfigurationProblem[] => {
  if (password === undefined) return [];
  return [
    ...(user === undefined ? [errorAt(`${path}.password`, 'a password without a user is shown to nobody')] : []),
    ...(tls === 'none' ? [warningAt(`${path}.tls`, 'the password travels as plain text')] : []),
  ];
};
