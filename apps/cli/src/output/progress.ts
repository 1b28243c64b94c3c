/** A line that says how far something is and is written over again; only where a person looks at it. */
export class Progress {
  private shown = false;

  constructor(private readonly out: NodeJS.WriteStream) {}

  show(text: string): void {
    if (!this.out.isTTY) return;
    this.out.write(`\r\x1b[K${text}`);
    this.shown = true;
  }

  /** Takes the line away. */
  end(): void {
    if (this.shown) this.out.write('\r\x1b[K');
  }
}
