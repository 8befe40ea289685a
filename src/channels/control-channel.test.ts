import { expect } from '@open-wc/testing';
import { pcPair } from '../../test/support/pc-pair.ts';
import { until } from '../../test/support/until.ts';
import { peerLimits } from '../protocol/peer-limits.ts';
import { ControlChannel } from './control-channel.ts';
import { Exchange } from './exchange.ts';

const KIB = 1024;

describe('ControlChannel', () => {
  const end = new AbortController();
  after(() => { end.abort(); });

  it('counts what comes in parts once it is whole, and then all of its bytes are owed', async () => {
    const { dcs } = await pcPair({}, end.signal);
    const owed: boolean[] = [];
    const [ada, bo] = dcs.map((dc) => {
      const exchange = new Exchange();
      const control = new ControlChannel({ createDataChannel: () => dc } as unknown as RTCPeerConnection, {
        exchange, receive: peerLimits({}), scope: end.signal,
        onOpen: () => undefined, onClose: () => undefined, onHeard: () => undefined,
        onEnvelope: () => { owed.push(exchange.owes); }, drop: () => undefined,
      });
      return { exchange, control };
    }) as [{ exchange: Exchange; control: ControlChannel }, { exchange: Exchange }];
    ada.control.admit({ ...peerLimits({}), frameChars: 64 * KIB }, bo.exchange.progress, true);

    for (const bytes of [10 * KIB, 200 * KIB, 10 * KIB]) void ada.exchange.say('x', [new Uint8Array(bytes)], 1024 * KIB);
    await until(() => owed.length === 3, 'all arrived');
    expect(owed).to.deep.equal([false, true, true]);
    expect([bo.exchange.acknowledgement(), bo.exchange.owes]).to.deep.equal([3, false]);
  });
});
