import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApiClient } from './api-client.mjs';
import { freePort, Servers } from './servers.mjs';

/** Controllers that a Job has to do with. */
const controllers =
  'serviceaccount,serviceaccount-token,root-ca-cert-publisher,job,garbagecollector,persistentvolume-binder,resourcequota';

/** etcd, the API server, the controllers and the scheduler of a Kubernetes on this machine, without any node. */
export class ControlPlane {
  #servers;
  #ports;
  #folder;
  #token = randomBytes(16).toString('hex');

  /** @param binaries folder of the four programs @param folder for their data */
  static async start(binaries, folder) {
    const plane = new ControlPlane();
    plane.#folder = folder;
    plane.#servers = new Servers(binaries, folder);
    plane.#ports = { etcd: await freePort(), peer: await freePort(), api: await freePort() };
    plane.api = new ApiClient(plane.#ports.api, plane.#token);
    try {
      await plane.#begin();
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  get port() {
    return this.#ports.api;
  }

  /** For programs that want to see a file, `kubectl` among them. */
  get kubeconfig() {
    return join(this.#folder, 'kubeconfig');
  }

  startApi() {
    const at = (file) => join(this.#folder, file);
    this.#servers.start('kube-apiserver', [
      `--etcd-servers=http://127.0.0.1:${this.#ports.etcd}`,
      ...['--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', `--secure-port=${this.#ports.api}`],
      ...[`--cert-dir=${at('certificates')}`, `--token-auth-file=${at('tokens')}`, '--authorization-mode=RBAC'],
      ...[
        `--service-account-key-file=${at('accounts.pub')}`,
        `--service-account-signing-key-file=${at('accounts.key')}`,
      ],
      ...['--service-account-issuer=https://kubernetes.default.svc', '--service-cluster-ip-range=10.96.0.0/16'],
      ...[
        '--kubelet-preferred-address-types=InternalIP',
        '--endpoint-reconciler-type=none',
        '--allow-privileged=false',
      ],
    ]);
    return this.api.until('/readyz', (said) => said === 'ok');
  }

  stopApi() {
    return this.#servers.stop('kube-apiserver');
  }

  stop() {
    return this.#servers.stopAll();
  }

  async #begin() {
    await this.#writeFiles();
    const etcd = `http://127.0.0.1:${this.#ports.etcd}`;
    const peer = `http://127.0.0.1:${this.#ports.peer}`;
    this.#servers.start('etcd', [
      ...[`--data-dir=${join(this.#folder, 'etcd')}`, '--unsafe-no-fsync'],
      ...[`--listen-client-urls=${etcd}`, `--advertise-client-urls=${etcd}`],
      ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=default=${peer}`],
    ]);
    await this.startApi();
    const common = [`--kubeconfig=${this.kubeconfig}`, '--leader-elect=false', '--port=0', '--secure-port=0'];
    this.#servers.start('kube-controller-manager', [
      ...common,
      `--service-account-private-key-file=${join(this.#folder, 'accounts.key')}`,
      `--controllers=${controllers}`,
    ]);
    this.#servers.start('kube-scheduler', common);
  }

  async #writeFiles() {
    const at = (file) => join(this.#folder, file);
    const run = promisify(execFile);
    await run('openssl', ['genrsa', '-out', at('accounts.key'), '2048']);
    await run('openssl', ['rsa', '-in', at('accounts.key'), '-pubout', '-out', at('accounts.pub')]);
    await writeFile(at('tokens'), `${this.#token},administrator,1,"system:masters"\n`);
    await writeFile(this.kubeconfig, kubeconfigOf(`https://127.0.0.1:${this.#ports.api}`, this.#token));
  }
}

/** YAML has JSON in it. */
export const kubeconfigOf = (server, token) =>
  JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'here' },
    clusters: [{ name: 'here', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'me', user: { token } }],
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'me' } }],
  });
