import { leaveJobs } from './leftovers.mjs';
import { jobOf, NAMESPACE, podOf, withRules } from './stage.mjs';

const pods = `/api/v1/namespaces/${NAMESPACE}/pods`;
const quotas = `/api/v1/namespaces/${NAMESPACE}/resourcequotas`;
const jobs = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`;

/** Gives the rights to something that are named. */
const without = (resource, verb) => (rules) =>
  rules
    .map((rule) =>
      rule.resources.includes(resource) ? { ...rule, verbs: rule.verbs.filter((one) => one !== verb) } : rule,
    )
    .filter(({ verbs }) => verbs.length > 0);

const isWatch = ({ asked }) => asked.includes('watch=true');
const isLog = ({ asked, status }) => asked.includes('/log?') && status !== undefined;

/** The module runs, and the executor has seen it. */
const running = async ({ api, node, until }, text = 'one\n') => {
  await until(isWatch, 1);
  const pod = await podOf(api);
  await node.starts(pod, text);
  await until(isLog, 1);
  return pod;
};

/**
 * What happens to a Job while the executor of the product waits for it, by name: `happens` is what the cluster and its people do,
 * `around` what is so for as long as it takes.
 */
export const cases = {
  succeeds: {
    about: 'the module writes two lines and ends well',
    happens: async (stage) => stage.node.ends(await running(stage), 0, 'two\n'),
  },
  fails: {
    about: 'the module ends with exit code 3',
    happens: async (stage) => stage.node.ends(await running(stage), 3, 'two\n'),
  },
  'shows-the-registry': {
    about: 'the registry wants to know who asks',
    registry: { user: 'me', password: 'hush' },
    happens: async (stage) => stage.node.ends(await running(stage), 0, ''),
  },
  'image-unavailable': {
    about: 'the image cannot be pulled',
    happens: async ({ api, node }) =>
      node.waits(await podOf(api), 'ErrImagePull', 'rpc error: code = NotFound desc = failed to pull and unpack image'),
  },
  cancelled: {
    about: 'nobody wants the job any more once it has written a line',
    stopsAtLog: true,
    happens: async (stage) => void (await running(stage, 'up\n')),
  },
  evicted: {
    about: 'the pod is evicted through the API, as by a drain of its node',
    happens: async (stage) => {
      const pod = await running(stage);
      const eviction = { apiVersion: 'policy/v1beta1', kind: 'Eviction', metadata: pod.metadata };
      await stage.api.post(`${pods}/${pod.metadata.name}/eviction`, eviction);
    },
  },
  'evicted-by-the-node': {
    about: 'the node puts the pod out, for want of room',
    happens: async (stage) =>
      stage.node.evicts(await running(stage), 'The node was low on resource: ephemeral-storage.'),
  },
  'pod-deleted': {
    about: 'somebody deletes the pod',
    happens: async (stage) => {
      const { metadata } = await running(stage);
      await stage.api.delete(`${pods}/${metadata.name}`);
    },
  },
  'job-deleted': {
    about: 'somebody deletes the Job',
    happens: async (stage) => {
      await running(stage);
      const { metadata } = await jobOf(stage.api);
      const how = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' };
      await stage.api.delete(`${jobs}/${metadata.name}`, how);
    },
  },
  'takes-too-long': {
    about: 'the time of the Job is over while the module runs',
    seconds: 4,
    happens: (stage) => running(stage),
  },
  'exceeds-the-quota': {
    about: 'the quota of the namespace allows no pod, and then it is lifted',
    happens: async (stage) => {
      await stage.until(({ asked, text = '' }) => asked.includes('/events?') && text.includes('exceeded quota'), 1);
      await stage.api.delete(`${quotas}/none`);
      await stage.node.ends(await running(stage), 0, '');
    },
    around: async ({ api }, during) => {
      const quota = { metadata: { name: 'none' }, spec: { hard: { pods: '0' } } };
      await api.post(quotas, { apiVersion: 'v1', kind: 'ResourceQuota', ...quota });
      await api.until(`${quotas}/none`, ({ status }) => status?.hard?.pods === '0');
      return during();
    },
  },
  'waits-for-room': {
    about: 'no node has room, and then one has',
    happens: async (stage) => {
      const hasNone = ({ status }) => status.conditions?.some(({ reason }) => reason === 'Unschedulable');
      await podOf(stage.api, hasNone);
      await stage.node.hasRoom('4');
      await stage.node.ends(await running(stage), 0, '');
    },
    around: async ({ node }, during) => {
      await node.hasRoom('1');
      return during().finally(() => node.hasRoom('4'));
    },
  },
  'outlasts-a-watch': {
    about: 'the module runs for longer than the server is asked to watch',
    happens: async (stage) => {
      const pod = await running(stage);
      await stage.until(isWatch, 2);
      await stage.node.ends(pod, 0, 'two\n');
    },
  },
  'server-goes-away': {
    about: 'the API server is stopped while the module runs, and started again',
    happens: async (stage) => {
      const pod = await running(stage);
      await stage.plane.stopApi();
      await stage.until(({ end }) => end === 'refused', 2);
      await stage.plane.startApi();
      await stage.node.ends(pod, 0, 'two\n');
    },
  },
  'replaced-unseen': {
    about:
      'the pod is deleted and Kubernetes makes another one, while the server cannot be reached from where the executor is',
    happens: async (stage) => {
      const { metadata } = await running(stage);
      stage.proxy.cut();
      await stage.api.delete(`${pods}/${metadata.name}`);
      const other = await podOf(
        stage.api,
        (pod) => pod.spec.nodeName !== undefined && pod.metadata.uid !== metadata.uid,
      );
      await stage.node.starts(other, 'one\n');
      await stage.api.until(pods, ({ items }) => items.length === 1);
      stage.proxy.mend();
    },
  },
  'secrets-forbidden': {
    about: 'the service account may not create secrets',
    happens: () => undefined,
    around: ({ api }, during) => withRules(api, without('secrets', 'create'), during),
  },
  'jobs-forbidden': {
    about: 'the service account may not create Jobs',
    happens: () => undefined,
    around: ({ api }, during) => withRules(api, without('jobs', 'create'), during),
  },
  'answer-lost': {
    about: 'the Job is created, and the answer never comes',
    happens: () => undefined,
    loses: `POST ${jobs}`,
  },
  leftovers: {
    about: 'two services were killed, one before its Job began and one while it ran; a third removes what they left',
    tidies: true,
    happens: () => undefined,
    around: leaveJobs,
  },
};
