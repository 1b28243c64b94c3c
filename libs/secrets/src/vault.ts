import type { VaultSettings } from '@waystation/configuration';
import { HttpEndpoint, type Answer } from '@waystation/outbound-http';

const TIMEOUT_SECONDS = 10;

/** Reads secrets of a HashiCorp Vault, from engines of the kind KV version 2, by its HTTP API. */
export class Vault {
  constructor(
    private readonly settings: VaultSettings,
    private readonly readFile: (path: string) => Promise<string>,
  ) {}

  /**
   * @param reference the path below `/v1/` and the field: `secret/data/waystation#smtp-password`
   * @throws Error a sentence that says nothing of any secret
   */
  async read(reference: string): Promise<string> {
    const cut = reference.lastIndexOf('#');
    const [path, field] = [reference.slice(0, cut), reference.slice(cut + 1)];
    const found = fieldsOf(await this.#ask(path))[field];
    if (typeof found !== 'string') throw new Error(`Vault has no text '${field}' there`);
    return found;
  }

  async #ask(path: string): Promise<Answer> {
    const { address, caFile, namespace, token } = this.settings;
    const shown = 'text' in token ? token.text : await this.readFile(token.file);
    const url = `${address.replace(/\/+$/, '')}/v1/${path.split('/').map(encodeURIComponent).join('/')}`;
    const endpoint = new HttpEndpoint({ url, caFile, timeoutSeconds: TIMEOUT_SECONDS, keep: 65_536 });
    const headers = {
      'x-vault-token': shown,
      'x-vault-request': 'true',
      ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
    };
    try {
      return await endpoint.get(headers, new AbortController().signal);
    } finally {
      endpoint.close();
    }
  }
}

/** What Vault means by its status where it gives no secret. */
const reasons: Readonly<Record<number, string>> = {
  400: 'Vault did not understand the path',
  403: 'Vault refused the token, or the token may not read there',
  404: 'Vault has nothing there, or its newest version was deleted',
  429: 'Vault is a standby, or asked too often',
  503: 'Vault is sealed or down',
};

const fieldsOf = (answer: Answer): Readonly<Record<string, unknown>> => {
  if (!('status' in answer)) throw new Error(`Vault does not answer: ${answer.reason}`);
  const { status, text = '' } = answer;
  if (status !== 200) throw new Error(reasons[status] ?? `Vault answered ${status}`);
  const fields = dataOf(dataOf(parsed(text)));
  if (fields === undefined)
    throw new Error("the answer has no secret of KV version 2; is there a 'data/' in the path?");
  return fields;
};

const dataOf = (value: unknown): Readonly<Record<string, unknown>> | undefined => {
  const data = (value as { readonly data?: unknown } | null | undefined)?.data;
  return typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : undefined;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // What does not parse may hold the secret, and the parser's sentence would quote it.
    throw new Error('the answer is no JSON');
  }
};
