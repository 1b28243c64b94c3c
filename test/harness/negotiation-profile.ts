import { writeFile } from 'node:fs/promises';

/** What an association has room for (PS3.8 9.3.2.2). */
const CONTEXTS = 128;

const number = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index + 1)).join('\n');

/**
 * An association negotiation profile for storescu's `--config-file`: as many contexts as there can be, each with several transfer syntaxes,
 * roles and extended negotiation. All but the last are for SOP classes that nobody knows.
 */
export const writeNegotiationProfile = (path: string): Promise<void> =>
  writeFile(
    path,
    `[[TransferSyntaxes]]
[Several]
TransferSyntax1 = LittleEndianExplicit
TransferSyntax2 = LittleEndianImplicit
TransferSyntax3 = BigEndianExplicit
[[PresentationContexts]]
[Many]
${number(CONTEXTS - 1, (index) => `PresentationContext${index} = 1.2.826.0.1.3680043.8.498.77.${index}\\Several`)}
PresentationContext${CONTEXTS} = CTImageStorage\\Several
[[SCPSCURoleSelection]]
[Both]
Role1 = CTImageStorage\\BOTH
Role2 = 1.2.826.0.1.3680043.8.498.77.1\\SCP
[[ExtendedNegotiation]]
[Level]
ExtendedNegotiation1 = CTImageStorage\\0200
[[Profiles]]
[Everything]
PresentationContexts = Many
SCPSCURoleSelection = Both
ExtendedNegotiation = Level
`,
  );
