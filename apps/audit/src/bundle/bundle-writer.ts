import { readFile } from 'node:fs/promises';
import type { Seal } from '@waystation/event-log';
import type { ConfigurationPublished } from '@waystation/events';
import type { StudyEvidence } from '../tell-history/study-evidence.js';
import type { BundleManifest } from './bundle-manifest.js';
import type { BundleSources } from './bundle-study.js';
import { objectsOf, type BundledObject } from './bundled-objects.js';
import { explainEvidence } from './explain-evidence.js';
import { jsonMember, linesMember, textMember } from './member-streams.js';
import { readMe } from './read-me.js';
import { receiptsIn } from './receipts.js';
import { sealedEvents } from './sealed-events.js';
import type { ZipStream } from './zip-stream.js';

/** The program that checks a bundle, without anything of Waystation. */
const verifier = new URL('../../bundle/verify.mjs', import.meta.url);

/** Writes the members of a bundle, one after the other. */
export class BundleWriter {
  private readonly seals = new Map<number, Seal>();

  constructor(
    private readonly zip: ZipStream,
    private readonly sources: BundleSources,
    private readonly evidence: StudyEvidence,
    private readonly manifest: BundleManifest,
  ) {}

  async write(): Promise<void> {
    const { zip, evidence, manifest } = this;
    await zip.add('README.txt', textMember(readMe(manifest)));
    await zip.add('verify.mjs', textMember(await readFile(verifier, 'utf8')));
    await zip.add('bundle.json', jsonMember(manifest));
    await zip.add('events.jsonl', linesMember(this.events()));
    await zip.add('seals.jsonl', linesMember(this.sealLines()));
    for (const { type, data } of evidence.events) {
      if (type !== 'configuration.published.v1') continue;
      const { version, document } = data as ConfigurationPublished['data'];
      await zip.add(`configuration/version-${version}.json`, jsonMember(document));
    }
    for (const explanation of explainEvidence(evidence)) {
      const { seriesInstanceUid, revision } = explanation;
      await zip.add(`decisions/${seriesInstanceUid}-revision-${revision ?? 0}.json`, jsonMember(explanation));
    }
    await zip.add('receipts.jsonl', linesMember(receiptsIn(evidence.events)));
    await this.writeObjects();
  }

  private async *events(): AsyncGenerator<object> {
    const positions = this.evidence.events.map(({ position }) => position);
    for await (const { event, proof } of sealedEvents(this.sources.log, positions)) {
      if (proof) this.seals.set(proof.seal.to, proof.seal);
      yield {
        ...event,
        hash: event.hash.toString('hex'),
        proof: proof ? { seal: proof.seal.to, path: proof.path.map((hash) => hash.toString('hex')) } : null,
      };
    }
  }

  /** Without the marks of the leaves, which prove nothing. */
  private sealLines(): readonly object[] {
    return [...this.seals.values()].map(({ from, to, root, previous, seal, signature }) => ({
      from,
      to,
      root,
      previous,
      seal,
      signature,
    }));
  }

  private async writeObjects(): Promise<void> {
    const lines: object[] = [];
    for (const bundled of objectsOf(this.evidence)) lines.push(await this.writeObject(bundled));
    await this.zip.add('objects.jsonl', linesMember(lines));
  }

  private async writeObject({
    seriesInstanceUid,
    sopInstanceUid,
    object,
    file,
    expired,
  }: BundledObject): Promise<object> {
    const { key, sha256, size, dataSetOffset } = object;
    const line = { seriesInstanceUid, sopInstanceUid, sha256, size, dataSetOffset };
    if (expired !== undefined) return { ...line, file: null, missing: expired };
    if (this.manifest.objects === 'left out') return { ...line, file: null };
    const { objects } = this.sources;
    const found = await objects.stat(key);
    if (found === undefined) return { ...line, file: null, missing: `the object store has no ${key}` };
    await this.zip.add(file, await objects.get(key), { size: found.size, compress: false });
    return { ...line, file };
  }
}
