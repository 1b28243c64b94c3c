export interface AdmissionLimits {
  /** Associations at a time, from all peers. */
  readonly maxAssociations: number;
  /** Associations at a time from one IP address. */
  readonly maxAssociationsPerAddress: number;
  /** Associations at a time that name the same calling AE title. */
  readonly maxAssociationsPerCaller: number;
}

/** Connections that may wait for their association, in multiples of the associations. */
const CONNECTIONS_PER_ASSOCIATION = 2;

/** Who asks for an association. */
export interface Caller {
  readonly address: string;
  readonly callingAeTitle: string;
}

/** Counts connections and associations, in all, by address and by calling AE title. */
export class Admission {
  private readonly connections = new Map<string, number>();
  private readonly associations = new Map<string, number>();
  private readonly callers = new Map<string, number>();
  private allConnections = 0;
  private allAssociations = 0;

  constructor(private readonly limits: AdmissionLimits) {}

  /** Whether a further connection may stay, so that strangers who say nothing do not keep peers out. */
  connect(address: string): boolean {
    const { maxAssociations, maxAssociationsPerAddress } = this.limits;
    if (this.allConnections >= maxAssociations * CONNECTIONS_PER_ASSOCIATION) return false;
    if (countOf(this.connections, address) >= maxAssociationsPerAddress * CONNECTIONS_PER_ASSOCIATION) return false;
    this.allConnections += 1;
    change(this.connections, address, 1);
    return true;
  }

  disconnect(address: string): void {
    this.allConnections -= 1;
    change(this.connections, address, -1);
  }

  /** Why a further association is one too many, or undefined, and then it counts. */
  associate({ address, callingAeTitle }: Caller): string | undefined {
    const { maxAssociations, maxAssociationsPerAddress, maxAssociationsPerCaller } = this.limits;
    if (this.allAssociations >= maxAssociations) return `${maxAssociations} associations are open`;
    if (countOf(this.associations, address) >= maxAssociationsPerAddress) {
      return `${maxAssociationsPerAddress} associations of ${address} are open`;
    }
    if (countOf(this.callers, callingAeTitle) >= maxAssociationsPerCaller) {
      return `${maxAssociationsPerCaller} associations of ${callingAeTitle} are open`;
    }
    this.allAssociations += 1;
    change(this.associations, address, 1);
    change(this.callers, callingAeTitle, 1);
    return undefined;
  }

  release({ address, callingAeTitle }: Caller): void {
    this.allAssociations -= 1;
    change(this.associations, address, -1);
    change(this.callers, callingAeTitle, -1);
  }
}

const countOf = (counts: ReadonlyMap<string, number>, address: string): number => counts.get(address) ?? 0;

const change = (counts: Map<string, number>, address: string, by: number): void => {
  const count = countOf(counts, address) + by;
  if (count === 0) counts.delete(address);
  else counts.set(address, count);
};
