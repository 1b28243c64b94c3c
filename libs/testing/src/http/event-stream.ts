/** One event of a stream. */
export interface StreamedEvent {
  readonly id: string;
  readonly data: string;
}

/** A client of server-sent events (WHATWG HTML 9.2.6), that remembers the last id as a browser does. */
export class EventStream implements AsyncDisposable {
  lastEventId = '';
  /** Lines that begin with a colon. */
  comments = 0;
  readonly #gone = new AbortController();
  #events: AsyncGenerator<StreamedEvent> | undefined;

  private constructor(readonly response: Response) {}

  /** Connects. Throws where the answer is no stream. */
  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventStream> {
    const gone = new AbortController();
    const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal: gone.signal });
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    const stream = new EventStream(response);
    stream.#gone.signal.addEventListener('abort', () => gone.abort());
    return stream;
  }

  /** So many further events; fewer where the server ends the stream. */
  async take(count: number): Promise<readonly StreamedEvent[]> {
    const events: StreamedEvent[] = [];
    this.#events ??= this.#read();
    while (events.length < count) {
      const { value, done } = await this.#events.next();
      if (done === true) break;
      events.push(value);
    }
    return events;
  }

  /** Hangs up, without a word to the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#gone.abort();
    await this.#events?.return(undefined).catch(() => undefined);
  }

  async *#read(): AsyncGenerator<StreamedEvent> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of this.response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = this.#eventOf(text.slice(0, end));
        text = text.slice(end + 2);
        if (event) yield event;
      }
    }
  }

  #eventOf(block: string): StreamedEvent | undefined {
    const data: string[] = [];
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
      if (field === '') this.comments += 1;
      if (field === 'id') this.lastEventId = value;
      if (field === 'data') data.push(value);
    }
    return data.length === 0 ? undefined : { id: this.lastEventId, data: data.join('\n') };
  }
}
