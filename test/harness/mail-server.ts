import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server with STARTTLS that wants a password, and keeps what it took. */
export class MailServer implements AsyncDisposable {
  /** Messages as they came: headers and text. */
  readonly mails: string[] = [];
  readonly #server: SMTPServer;

  private constructor(tls: { readonly cert: string; readonly key: string }, password: string) {
    this.#server = new SMTPServer({
      ...tls,
      closeTimeout: 100,
      onAuth: (auth, _session, callback) =>
        auth.password === password
          ? callback(null, { user: auth.username ?? '' })
          : callback(new Error('Invalid login')),
      onData: (stream, _session, callback) => {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => {
          this.mails.push(text);
          callback();
        });
      },
    });
  }

  static async start(tls: { readonly cert: string; readonly key: string }, password: string): Promise<MailServer> {
    const mail = new MailServer(tls, password);
    await once(mail.#server.listen(0, '127.0.0.1'), 'listening');
    return mail;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
