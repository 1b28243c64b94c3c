// Answers every object and keeps none: how fast the sender and the loopback are.
import { createServer } from 'node:net';

const [port] = process.argv.slice(2);
const MAXIMUM = 131_072;

const acceptance = (request) => {
  const transferSyntax = itemOf(request, 0x40);
  const body = Buffer.concat([
    request.subarray(6, 74),
    itemOf(request, 0x10),
    item(0x21, Buffer.from([1, 0, 0, 0]), transferSyntax),
    item(
      0x50,
      item(0x51, Buffer.from([0, MAXIMUM >> 16, (MAXIMUM >> 8) & 0xff, MAXIMUM & 0xff])),
      item(0x52, Buffer.from('2.25.1')),
    ),
  ]);
  const head = Buffer.from([2, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
};

function item(type, ...parts) {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type, 0, body.length >> 8, body.length & 0xff]), body]);
}

/** The first item of a type in the request of our own sender. */
function itemOf(request, type) {
  for (let at = 74; at < request.length;) {
    const length = request.readUInt16BE(at + 2);
    if (request[at] === type) return request.subarray(at, at + 4 + length);
    at += request[at] === 0x20 ? 8 : 4 + length;
  }
  throw new Error(`no item of type ${type} in the association request`);
}

/** C-STORE-RSP with nothing but a status of Success, all that our sender looks at. */
const success = Buffer.from('04000000001400000010010300000009020000000000', 'hex');
success.writeUInt32BE(success.length - 6, 2);
success.writeUInt32BE(success.length - 10, 6);

class NullReceiver {
  head = Buffer.alloc(12);
  filled = 0;
  left = 0;
  last = false;

  constructor(socket) {
    this.socket = socket;
  }

  received(chunk) {
    if (chunk[0] === 1 && this.left === 0 && this.filled === 0) return this.socket.write(acceptance(chunk));
    for (let at = 0; at < chunk.length;) {
      if (this.left === 0) {
        const taken = chunk.copy(this.head, this.filled, at);
        at += taken;
        this.filled += taken;
        if (this.filled >= 6 && this.head[0] === 5)
          return this.socket.end(Buffer.from('060000000004' + '00000000', 'hex'));
        if (this.filled < 12) return undefined;
        this.filled = 0;
        this.left = this.head.readUInt32BE(2) - 6;
        this.last = this.head[11] === 0x02;
      }
      const taken = Math.min(this.left, chunk.length - at);
      at += taken;
      this.left -= taken;
      if (this.left === 0 && this.last) this.socket.write(success);
    }
    return undefined;
  }
}

createServer({ noDelay: true }, (socket) => {
  const receiver = new NullReceiver(socket);
  socket.on('data', (chunk) => receiver.received(chunk)).on('error', () => socket.destroy());
}).listen(Number(port), '127.0.0.1');
