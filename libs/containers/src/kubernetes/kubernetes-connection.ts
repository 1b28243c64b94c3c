import { request as requestHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { CodedError, messageOf } from '@waystation/kernel';
import { answerText } from '../http/answer-text.js';
import { reasonIn } from '../http/reason-in.js';

type AccessOptions = Omit<RequestOptions, 'headers'> & { headers: OutgoingHttpHeaders };

export interface KubernetesRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/**
 * The Kubernetes API as the environment says: `KUBECONFIG`, `~/.kube/config`, or the service account of the pod that this process
 * runs in. The client library reads those, renews their tokens and says how to trust the server; requests are sent from here,
 * because each has a signal, and because a log or watch that breaks off has to be noticed.
 */
export class KubernetesConnection {
  private config: Promise<KubeConfig> | undefined;

  /** The answer as JSON. Throws as {@link KubernetesConnection.open} does. */
  async json(asked: KubernetesRequest): Promise<unknown> {
    return JSON.parse(await answerText(await this.open(asked)));
  }

  /**
   * The answer as a stream.
   * @throws CodedError `container.engine-unreachable`, or `container.engine-refused` with `details.status`
   */
  async open(asked: KubernetesRequest): Promise<IncomingMessage> {
    const answer = await this.#send(asked);
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    const [path = ''] = asked.path.split('?');
    const sentence = `Kubernetes answered ${asked.method} ${path} with ${status}: ${reasonIn(await answerText(answer))}`;
    throw new CodedError('container.engine-refused', sentence, { details: { status } });
  }

  async #send({ method, path, body, signal }: KubernetesRequest): Promise<IncomingMessage> {
    const { server, options } = await this.#access();
    const content = body === undefined ? undefined : JSON.stringify(body);
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    // Said always: Node leaves it out for DELETE, and what follows would be taken for another request.
    const length = content === undefined ? {} : { 'content-length': Buffer.byteLength(content) };
    const headers = { accept: 'application/json, */*', 'content-type': type, ...length, ...options.headers };
    const request = server.protocol === 'http:' ? requestHttp : requestHttps;
    return new Promise((resolve, reject) => {
      const place = server.href.replace(/\/$/, '') + path;
      const sent = request(place, { ...options, method, headers, signal }, resolve);
      sent.on('error', (cause) => reject(signal.aborted ? signal.reason : unreachable(server.host, cause)));
      sent.end(content);
    });
  }

  async #access(): Promise<{ readonly server: URL; readonly options: AccessOptions }> {
    try {
      const config = await (this.config ??= readConfig());
      const options: AccessOptions = { headers: {} };
      await config.applyToHTTPSOptions(options);
      return { server: new URL(config.getCurrentCluster()?.server ?? ''), options };
    } catch (cause) {
      throw unreachable('any cluster', cause);
    }
  }
}

/** Loaded where it is asked for: it costs as much memory as the rest of a service. */
const readConfig = async (): Promise<KubeConfig> => {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromDefault();
  return config;
};

const unreachable = (place: string, cause: unknown): CodedError =>
  new CodedError('container.engine-unreachable', `Kubernetes cannot be reached at ${place}: ${messageOf(cause)}`, {
    cause,
  });
