/** Numbers that look random and are always the same for a seed (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  /** From 0, below `sides`. */
  roll(sides: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  }

  pick<Side>(sides: readonly Side[]): Side {
    const side = sides[this.roll(sides.length)];
    if (side === undefined) throw new Error('nothing to pick from');
    return side;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.roll(10)).join('');
  }
}
