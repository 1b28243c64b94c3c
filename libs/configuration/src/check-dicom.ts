import type { SettingsProblem } from './settings-problem.js';
import { settingsTable, type SettingName, type SettingValues } from './settings-table.js';

const problem = (name: SettingName, sentence: string): SettingsProblem => {
  const { key, env, expected } = settingsTable[name];
  return { key, source: env, sentence: `${sentence}: expected ${expected}` };
};

const filesOfTls = ['tlsCertificateFile', 'tlsKeyFile', 'tlsKeyPassphraseFile', 'tlsCaFile'] as const;

const whereItListens = ({ dicomPort, tlsPort }: SettingValues): readonly SettingsProblem[] => {
  if (dicomPort === 'none' && tlsPort === 'none')
    return [problem('dicomPort', 'is none as dicom.tls.port is, and nothing could be received')];
  const same = dicomPort === tlsPort && dicomPort !== 0;
  return same ? [problem('tlsPort', `is ${dicomPort} as dicom.port is: expected another one`)] : [];
};

const whatTlsNeeds = (values: SettingValues): readonly SettingsProblem[] => {
  const asksCallers = values.tlsClientCertificates !== 'none';
  const needed = ['tlsCertificateFile', 'tlsKeyFile', ...(asksCallers ? ['tlsCaFile' as const] : [])] as const;
  return needed
    .filter((name) => values[name] === undefined)
    .map((name) => problem(name, 'is not there, and dicom.tls.port needs it'));
};

/** Problems of the receiver's settings with each other. */
export const checkDicom = (values: SettingValues): readonly SettingsProblem[] => {
  const tls =
    values.tlsPort === 'none'
      ? filesOfTls
          .filter((name) => values[name] !== undefined)
          .map((name) => problem('tlsPort', `is none, and ${settingsTable[name].key} is there`))
          .slice(0, 1)
      : whatTlsNeeds(values);
  return [...whereItListens(values), ...tls];
};
