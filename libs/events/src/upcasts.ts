import { upcaster, type Upcast } from './upcast.js';

/** Every step from a version of an event that was ever published to the next: none yet, all events are in their first. */
export const upcasts: readonly Upcast[] = [];

/** An event of any published version as its newest. */
export const readAsNewest = upcaster(upcasts);
