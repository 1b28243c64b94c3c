/** What becomes of a series by its modality: the rules of the campaign, and what the checker expects of them. */
const table = {
  CT: { action: 'route', targets: ['north'] },
  MR: { action: 'route', targets: ['north', 'south'] },
  PT: { action: 'route', targets: ['north'], trigger: 'study', study: { quietPeriodSeconds: 1 } },
  US: {
    action: 'both',
    targets: ['south'],
    processing: { steps: [{ module: 'statistics' }], originals: true },
  },
  NM: { action: 'process', processing: { steps: [{ module: 'statistics' }] } },
  XA: { action: 'discard' },
  OT: undefined,
};

export const modalities = Object.keys(table);

const nameOf = (modality) => `${modality} of the campaign`;

/** The configuration that is published. @param ports of the targets, by name */
export const configurationOf = (ports) => ({
  completion: { quietPeriodSeconds: 1 },
  targets: Object.entries(ports).map(([name, port]) => ({
    ...{ name, kind: 'dicom', host: '127.0.0.1', port, calledAeTitle: name.toUpperCase(), timeoutSeconds: 4 },
    retry: { attempts: 1_000, firstDelaySeconds: 0.2, longestDelaySeconds: 1 },
  })),
  modules: [
    { kind: 'app', name: 'statistics', retry: { attempts: 100, firstDelaySeconds: 0.2, longestDelaySeconds: 1 } },
  ],
  rules: Object.entries(table)
    .filter(([, rule]) => rule !== undefined)
    .map(([modality, rule]) => ({ name: nameOf(modality), condition: `@Modality@ == '${modality}'`, ...rule })),
});

/** What the rules call for, a series each. */
export const expectedOf = (series) =>
  series.map(({ seriesInstanceUid, modality }) => {
    const rule = table[modality];
    const outcome = rule === undefined ? 'unmatched' : rule.action === 'discard' ? 'discarded' : 'routed';
    const step = rule?.processing?.steps[0];
    const job = step && {
      ...{ rule: nameOf(modality), module: step.module, targets: rule.targets ?? [] },
      ...{ originals: rule.processing.originals ?? false, outputs: 0 },
    };
    return {
      seriesInstanceUid,
      outcome,
      // What waits for the study is decided with it, not with the series.
      targets: step === undefined && rule?.trigger !== 'study' ? (rule?.targets ?? []) : [],
      jobs: job === undefined ? [] : [job],
    };
  });
