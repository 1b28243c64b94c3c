/** Faults that wait for a step of a protocol on a wire. */
export class Traps {
  /** How often each step was seen, by wire and phase. */
  seen = new Map();
  #set = [];

  /**
   * @param trap wire: what the name of the wire begins with; step; phase: `before` or `after` its bytes went on; nth: the how
   *   manieth of them; act: what happens then
   */
  set(trap) {
    this.#set.push({ ...trap, left: trap.nth });
  }

  /** Nothing waits any longer. */
  clear() {
    this.#set = [];
  }

  /** Whether something waited for this and has happened now. */
  async sprung(wire, step, phase) {
    const place = `${wire.name}: ${phase} ${step}`;
    this.seen.set(place, (this.seen.get(place) ?? 0) + 1);
    let any = false;
    for (const trap of this.#set.filter(
      (one) => wire.name.startsWith(one.wire) && one.step === step && one.phase === phase,
    )) {
      trap.left -= 1;
      if (trap.left !== 0) continue;
      any = true;
      await trap.act(wire);
    }
    return any;
  }
}
