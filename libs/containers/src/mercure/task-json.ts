import { hostname } from 'node:os';
import type { ContainerModule } from '@waystation/events';
import type { ContractJob } from '../contract/contract-job.js';
import type { Tags } from './tags-reader.js';

/**
 * What mercure writes into `task.json` (`Task` in its `app/common/types.py`), as far as it exists here. Nothing is left of
 * what other steps need, and secrets are not in it.
 *
 * @param tags of the first object
 * @param installation name of the log
 */
export const taskJson = (job: ContractJob, module: ContainerModule, tags: Tags, installation: string): unknown => ({
  id: job.id,
  info: {
    action: 'process',
    uid: job.seriesInstanceUid ?? job.studyInstanceUid,
    uid_type: job.seriesInstanceUid === undefined ? 'study' : 'series',
    triggered_rules: job.rule === undefined ? {} : { [job.rule]: true },
    applied_rule: job.rule ?? '',
    patient_name: tags['PatientName'] ?? '',
    mrn: tags['PatientID'] ?? '',
    acc: tags['AccessionNumber'] ?? '',
    sender_address: tags['SenderAddress'] ?? '',
    sender_aet: tags['SenderAET'] ?? '',
    receiver_aet: tags['ReceiverAET'] ?? '',
    device_serial_number: tags['DeviceSerialNumber'] ?? '',
    mercure_version: '0.4.1',
    mercure_appliance: installation,
    mercure_server: hostname(),
    fail_stage: null,
  },
  dispatch: {},
  process: {
    module_name: job.module,
    module_config: moduleConfig(module),
    settings: job.settings,
    retain_input_images: false,
    output: null,
  },
  study: job.seriesInstanceUid === undefined ? { study_uid: job.studyInstanceUid } : {},
  nomad_info: {},
});

const moduleConfig = (module: ContainerModule): unknown => ({
  docker_tag: module.image,
  settings: module.settings,
  comment: module.comment ?? '',
  requires_root: module.root,
  requires_persistence: module.persistence,
  network_enabled: module.network,
});
