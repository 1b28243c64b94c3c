import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestAuthority, type TestCertificate } from '@waystation/testing';
import type { ClientTls } from '../src/tls/client-tls.js';
import type { ServerTls } from '../src/tls/server-tls.js';
import { Receiver } from './receiver.js';

/** Those who talk over TLS: who vouches for them, and who for nobody here. */
export class TlsPeers {
  private constructor(
    /** Whom everybody trusts. */
    readonly authority: TestAuthority,
    readonly server: TestCertificate,
    readonly client: TestCertificate,
    /** Whom nobody trusts. */
    readonly stranger: TestAuthority,
    /** A scanner that the stranger vouches for. */
    readonly foreign: TestCertificate,
    /** For files of the tests. */
    readonly folder: string,
  ) {}

  static async create(): Promise<TlsPeers> {
    const [authority, stranger] = await Promise.all([TestAuthority.create(), TestAuthority.create()]);
    return new TlsPeers(
      authority,
      await authority.issue('server'),
      await authority.issue('scanner', 'DNS:scanner.example'),
      stranger,
      await stranger.issue('scanner'),
      await mkdtemp(join(tmpdir(), 'waystation-tls-')),
    );
  }

  serverTls(more: Partial<ServerTls> = {}): ServerTls {
    return { ...this.server, ca: this.authority.pem, ...more };
  }

  clientTls(more: Partial<ClientTls> = {}): ClientTls {
    return { ...this.client, ca: this.authority.pem, ...more };
  }

  /** A receiver over TLS. */
  receive(more: Partial<ServerTls> = {}): Promise<Receiver> {
    return Receiver.start({}, { tls: this.serverTls(more) });
  }

  async remove(): Promise<void> {
    await Promise.all([this.authority.remove(), this.stranger.remove(), rm(this.folder, { recursive: true })]);
  }
}

/** SHA-256 of a certificate as TLS shows it. */
export const fingerprintOf = ({ certificate }: TestCertificate): string =>
  new X509Certificate(certificate).fingerprint256;
