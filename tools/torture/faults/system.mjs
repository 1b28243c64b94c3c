import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { node } from '../../setup/run-program.mjs';
import { root } from '../../setup/root.mjs';
import { DicomTap } from './dicom-tap.mjs';
import { FakePacs } from './fake-pacs.mjs';
import { configurationOf } from './rules.mjs';
import { Traps } from './traps.mjs';
import { Wire } from './wire.mjs';

const TARGETS = ['north', 'south'];
const PUBLISH_MS = 20_000;

const ownEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^WAYSTATION_|^NODE_OPTIONS$/.test(name)));

/** What one run is about: processes, wires between them, targets, and where the truth about them is found. */
export class System {
  services = [];
  wires = [];
  targets = [];
  /** Ports that scanners call. */
  receivers = [];
  traps = new Traps();
  /** Checkpoints of those that pass events on, as a pattern of SQL. */
  passingOn = 'bus/%';
  /** All that was sent to it, and of which series. */
  sent = [];
  series = [];
  identityKey = randomBytes(32).toString('base64');

  /** @param servers of the world @param databaseUrl of its own, without a wire between */
  constructor(servers, folder, databaseUrl, seed) {
    Object.assign(this, { servers, folder, databaseUrl, seed });
  }

  service(name) {
    return this.services.find((one) => one.name === name);
  }

  environment({ httpPort, dicomPort, data }) {
    return {
      ...ownEnvironment(),
      WAYSTATION_HTTP_PORT: String(httpPort),
      WAYSTATION_DICOM_PORT: String(dicomPort),
      WAYSTATION_DATA: data,
      WAYSTATION_IDENTITY_KEY: this.identityKey,
      WAYSTATION_IDLE_SECONDS: '10',
      WAYSTATION_DRAIN_SECONDS: '5',
      WAYSTATION_OBJECTS: this.objects,
    };
  }

  /** @param owner the service that a fault at a step on this wire is about */
  async wire(owner, to, port, tap) {
    const wire = await Wire.listen({ name: `${owner} to ${to}`, owner, to: port, tap, traps: this.traps });
    this.wires.push(wire);
    return wire;
  }

  databaseBehind(wire) {
    const url = new URL(this.databaseUrl);
    url.port = String(wire.port);
    return url.href;
  }

  async receiveAt(service, port) {
    const wire = await this.wire(
      'scanners',
      service,
      () => port,
      () => new DicomTap(),
    );
    wire.owner = service;
    this.receivers.push(() => wire.port);
  }

  /** Starts everything, and has the rules published. */
  async start() {
    const ports = {};
    for (const name of TARGETS) {
      const target = await FakePacs.listen(name);
      this.targets.push(target);
      const wire = await this.wire(
        'dispatch',
        name,
        () => target.port,
        () => new DicomTap(),
      );
      wire.owner = this.dispatcher;
      ports[name] = wire.port;
    }
    await Promise.all(this.services.map((service) => service.start()));
    await this.#publish(configurationOf(ports));
  }

  /** A run begins. */
  async begin() {}

  /** What waits in the broker, as of some seconds ago; nothing, where the log is the bus. */
  async queues() {
    return [];
  }

  /** The same as of now, at more cost. */
  async queuesNow() {
    return [];
  }

  query(text, values) {
    return this.servers.database.query(this.databaseUrl, text, values);
  }

  /** The command line, as an operator uses it. */
  async cli(...args) {
    const env = { ...ownEnvironment(), WAYSTATION_URL: this.url, WAYSTATION_CONTROL_URL: this.controlUrl };
    const child = spawn(node(), [join(root, 'apps/cli/dist/main.js'), ...args], { env });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    const [code] = await once(child, 'close');
    return { code, stdout, stderr };
  }

  async stop() {
    await Promise.all(this.services.map((service) => service.stop()));
    await Promise.all([...this.targets, ...this.wires].map((one) => one.close()));
  }

  /** Gives back what it had of the servers. */
  async remove() {
    await this.servers.database.drop(this.databaseUrl);
  }

  async #publish(document) {
    const response = await fetch(`${this.controlUrl}/api/configuration?author=torture&reason=torture`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ document }),
      signal: AbortSignal.timeout(PUBLISH_MS),
    });
    if (!response.ok) throw new Error(`the rules were not published: ${await response.text()}`);
  }
}
