import type { NotificationChannel } from '@waystation/events';
import { distinctName } from '../parts/distinct-name.js';
import { fitName } from '../parts/fit-names.js';

/** The channels that rules need: rules that tell the same to the same share one. */
export class Channels {
  readonly #byContent = new Map<string, NotificationChannel>();

  /** All of them, in the order in which they were needed. */
  get all(): readonly NotificationChannel[] {
    return [...this.#byContent.values()];
  }

  /**
   * The name of the channel that tells so.
   * @param wish a name for a new one; it gets a number where that is taken
   */
  nameOf(channel: NotificationChannel, wish: string): string {
    const content = JSON.stringify({ ...channel, name: '' });
    const known = this.#byContent.get(content);
    if (known !== undefined) return known.name;
    const name = distinctName(fitName(wish, 'channel'), new Set(this.all.map((other) => other.name)));
    this.#byContent.set(content, { ...channel, name });
    return name;
  }
}
