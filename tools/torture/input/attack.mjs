import { PeerProcess } from '../../bench/peer-process.mjs';
import { BY_CHANCE, Campaign } from './campaign.mjs';
import { differences } from './differences.mjs';
import { factsOf, whenAtRest } from './facts.mjs';
import { creep, growth } from './limits.mjs';
import { reportOf } from './report.mjs';

const goodPeerProgram = new URL('good-peer.mjs', import.meta.url);

/** Does everything to a receiver, and says what was not as promised. */
export async function attack(receiver, options, machine) {
  const campaign = new Campaign(receiver, options);
  const goodPeer = await besideGoodPeer(receiver.port, async () => {
    await campaign.run();
    if (!receiver.lives) throw new Error(goneDuring(campaign, options.seed, receiver.end));
  });
  const { ledger, batches, beginning } = campaign;
  await whenAtRest(receiver, ledger);
  const facts = await factsOf(receiver);
  const { code, said } = await receiver.command('verify');
  const held = await receiver.measure();
  const breaks = [
    ...differences(ledger, goodPeer, facts),
    ...(code === 0 ? [] : [`the log does not verify: ${said}`]),
    ...(receiver.fault === undefined ? [] : [`the receiver wrote: ${receiver.fault}`]),
    ...growth(beginning ?? held, held),
    ...creep(batches.filter(({ name }) => name.startsWith(BY_CHANCE))),
  ];
  const log = `\`waystation verify\`: ${said.split('\n')[0]}`;
  return { breaks, report: reportOf({ options, machine, batches, ledger, goodPeer, facts, breaks, log }) };
}

const goneDuring = ({ underWay }, seed, end) =>
  [`the receiver is gone (seed ${seed}); under way were:`, ...[...underWay].map((name) => `  ${name}`), end].join('\n');

/** What a good peer was told while something was done. */
async function besideGoodPeer(port, act) {
  const peer = new PeerProcess(goodPeerProgram, [String(port)]);
  try {
    await act();
    return await peer.ask('stop');
  } finally {
    await peer.stop();
  }
}
