import type { AuditMessageSettings } from './audit-message-settings.js';
import type { ContainersSettings } from './containers-settings.js';
import type { DicomSettings } from './dicom-settings.js';
import type { IdentitySettings } from './identity-settings.js';
import type { VaultSettings } from './vault-settings.js';

/** How this installation runs. What the rules and targets are is not here but in the published configuration. */
export interface Settings {
  /** Name of the log. */
  readonly name: string;
  /** Absolute path. */
  readonly dataFolder: string;
  /** Absolute path. */
  readonly spoolFolder: string;
  readonly dicom: DicomSettings;
  readonly http: {
    readonly host: string;
    /** 0 is any that is free. */
    readonly port: number;
    readonly apiToken: string | undefined;
    /** Header in which a proxy names the user. */
    readonly userHeader: string | undefined;
  };
  /** `embedded` or a Postgres URL. */
  readonly databaseUrl: string;
  /** Of the embedded Postgres; 0 is any that is free. */
  readonly databasePort: number;
  /** `embedded` or an AMQP URL. */
  readonly bus: string;
  /** `file:///absolute/folder` or an S3 URL. */
  readonly objects: string;
  readonly identity: IdentitySettings;
  /** Bytes of memory for the states of streams, about. */
  readonly stateMemory: number;
  readonly processing: {
    /** Objects and files that one job may make. */
    readonly outputs: number;
    /** All of them together. */
    readonly outputBytes: number;
  };
  readonly containers: ContainersSettings;
  /** When a sender is told Success. */
  readonly acknowledge: 'stored' | 'spooled';
  /** Absolute path of the key that seals of the log are signed with. */
  readonly sealKeyFile: string | undefined;
  /** Size of segments of a new log, and at which age in days they are archived; undefined: never. */
  readonly archive: {
    readonly segmentEvents: number;
    readonly afterDays: number | undefined;
    readonly detachAfterDays: number | undefined;
    readonly dropAfterDays: number | undefined;
  };
  /** Age from which objects are removed that no event names; undefined: only when somebody orders it. */
  readonly reapAfterHours: number | undefined;
  /** Undefined: no audit repository is told. */
  readonly auditMessages: AuditMessageSettings | undefined;
  /** Undefined: secrets of the configuration come from the environment and from files only. */
  readonly vault: VaultSettings | undefined;
  readonly drainSeconds: number;
  readonly log: { readonly level: 'error' | 'warn' | 'info' | 'debug'; readonly format: 'text' | 'json' };
}
