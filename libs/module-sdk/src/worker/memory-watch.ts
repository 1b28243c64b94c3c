/** How often it is looked. */
const LOOK_MS = 100;

/**
 * The most memory that this process has while a module runs in it, other modules and whatever else it does included. A peak
 * between two looks is known where it is the highest since the process began.
 */
export class MemoryWatch {
  private readonly highest = peakOfProcess();
  private readonly timer = setInterval(() => this.look(), LOOK_MS);
  private peak = process.memoryUsage.rss();

  /** Bytes. Looks no more. */
  end(): number {
    clearInterval(this.timer);
    this.look();
    const highest = peakOfProcess();
    return highest > this.highest ? highest : this.peak;
  }

  private look(): void {
    this.peak = Math.max(this.peak, process.memoryUsage.rss());
  }
}

/** Bytes; since it began. */
const peakOfProcess = (): number => process.resourceUsage().maxRSS * 1024;
