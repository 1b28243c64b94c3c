import { jobBody } from '../../../libs/containers/dist/kubernetes/job-body.js';
import { jobMarks } from '../../../libs/containers/dist/kubernetes/job-marks.js';
import { secretNames } from '../../../libs/containers/dist/kubernetes/job-secrets.js';
import { NAMESPACE, podOf } from './stage.mjs';

const jobs = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`;
const pods = `/api/v1/namespaces/${NAMESPACE}/pods`;
const [early, late, other] = [1, 2, 3].map((number) => `waystation-000000000000000${number}`);
const alive = 'processing-5f4b8-alive';

/** Jobs of services: of one that was killed before it let its Job begin, of one that was killed later, and of one that lives. */
export async function leaveJobs({ api, node, owner, spec, setting }, during) {
  for (const name of [owner.host, alive]) await api.post(pods, podNamed(name));
  const leave = (name, host, life) => api.post(jobs, bodyOf(name, { host, pid: 1, life }, spec, setting));
  await leave(early, 'processing-5f4b8-early', '00000002');
  await leave(late, 'processing-5f4b8-late', '00000003');
  await leave(other, alive, '00000004');
  await api.patch(`${jobs}/${late}`, { spec: { parallelism: 1 } });
  await node.starts(await podOf(api), 'one\n');
  return during().finally(async () => {
    await api.delete(`${jobs}/${other}`, { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' });
    for (const name of [owner.host, alive]) await api.delete(`${pods}/${name}`);
  });
}

const bodyOf = (name, owner, spec, { folder, installation }) => {
  const address = { namespace: NAMESPACE, claim: 'waystation-modules', gpu: 'nvidia.com/gpu' };
  const frame = { name, address, folder, now: Date.now(), ...secretNames(name, spec) };
  return jobBody(spec, { ...frame, ...jobMarks(installation, owner, spec) });
};

/** No node is to have it. */
const podNamed = (name) => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name } },
  spec: { schedulerName: 'none', containers: [{ name: 'processing', image: 'registry.example/waystation:0.1.0' }] },
});
