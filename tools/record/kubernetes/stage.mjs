import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export const NAMESPACE = 'waystation';
const jobs = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`;
const pods = `/api/v1/namespaces/${NAMESPACE}/pods`;

/** What deploy/kubernetes puts into a cluster is there, and what its storage would add. */
export async function setStage(plane, folder) {
  const kubectl = (...args) => promisify(execFile)('kubectl', ['--kubeconfig', plane.kubeconfig, ...args]);
  await kubectl('apply', '--filename', `${folder}/namespace.yaml`);
  const example = await kubectl('apply', '--dry-run=server', '--filename', `${folder}/secrets.example.yaml`);
  const whole = await kubectl('apply', '--dry-run=server', '--kustomize', folder);
  await kubectl('apply', '--kustomize', folder);
  await plane.api.post('/api/v1/persistentvolumes', volume);
  await plane.api.until(`/api/v1/namespaces/${NAMESPACE}/serviceaccounts/default`, () => true);
  // Their pods would want the room of the node.
  for (const kind of ['deployments', 'statefulsets']) {
    await plane.api.delete(`/apis/apps/v1/namespaces/${NAMESPACE}/${kind}`);
  }
  await plane.api.until(
    `/api/v1/namespaces/${NAMESPACE}/persistentvolumeclaims/waystation-modules`,
    ({ status }) => status.phase === 'Bound',
  );
  return `${example.stdout}${whole.stdout}`.trim().split('\n');
}

/** A volume as an administrator of a cluster would have it. */
const volume = {
  ...{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'modules' } },
  spec: {
    capacity: { storage: '100Gi' },
    accessModes: ['ReadWriteMany'],
    nfs: { server: 'nfs.example', path: '/modules' },
  },
};

/** What an account shows to the API server. */
export async function tokenOf(api, account) {
  const place = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${account}/token`;
  const asked = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 7200 } };
  return (await api.post(place, asked)).status.token;
}

/** The pod of the Job that is there, once a node has it or as soon as there is one. */
export const podOf = (api, isWanted = ({ spec }) => spec.nodeName !== undefined) =>
  api.until(pods, ({ items }) => items.find((pod) => pod.metadata.deletionTimestamp === undefined && isWanted(pod)));

export const jobOf = (api) => api.until(jobs, ({ items }) => items[0]);

/** Nothing of a case is left for the next. */
export const untilEmpty = async (api) => {
  for (const place of [jobs, pods]) await api.until(place, ({ items }) => items.length === 0);
};

/** With other rights than the manifests give, for as long as something takes. */
export async function withRules(api, change, during) {
  const place = `/apis/rbac.authorization.k8s.io/v1/namespaces/${NAMESPACE}/roles/processing`;
  const { rules } = await api.get(place);
  await api.patch(place, { rules: change(rules) });
  try {
    return await during();
  } finally {
    await api.patch(place, { rules });
  }
}

export const readVersion = async (api) => (await api.get('/version')).gitVersion;
