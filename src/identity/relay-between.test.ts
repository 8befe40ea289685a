import { expect } from '@open-wc/testing';
import { RecordedPc } from '../../test/support/recorded-pcs.ts';
import { until } from '../../test/support/until.ts';
import { fromBase64Url } from '../shared/bytes.ts';
import { HostileStage, errorsOf, inDescriptions, join, keysUsed, seen, untilSeen } from './hostile-stage.testing.ts';
import type { Announcement } from '../protocol/wire.ts';
import type { SpokenCode } from './spoken/code.ts';

/** As a description writes it. */
const hexOf = (fp: string) =>
  Array.from(fromBase64Url(fp) ?? [], (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');

describe('a relay that acts, between two', () => {
  let stage: HostileStage;
  const honestly = (told: HostileStage['relay']['announce']): typeof told => (to, announcement) => {
    told(to, announcement);
    return announcement;
  };

  beforeEach(async () => { stage = await HostileStage.open(); });
  afterEach(() => { stage.close(); });

  it('sees and hears everything where nobody vouches for anybody, and nobody is shown as more than unverified', async () => {
    const [ada, bo] = stage.pair(() => ({}));
    const { asOne, asTwo } = await stage.relay.stepBetween(ada.id, bo.id);
    await join(ada, bo);
    await Promise.all([untilSeen(asOne), untilSeen(asTwo), untilSeen(ada.room), untilSeen(bo.room)]);
    expect([seen(ada), seen(bo)]).to.deep.equal([['Bo connected unverified'], ['Ada connected unverified']]);
  });

  it('gets nothing where they vouch, though it tells its own fingerprint everywhere: identity-mismatch', async () => {
    const [ada, bo] = stage.pair((sub) => stage.vouched(sub));
    const { asOne, asTwo } = await stage.relay.stepBetween(ada.id, bo.id);
    const errors = [errorsOf(ada), errorsOf(bo)];
    await join(ada, bo);
    await until(() => errors.every((codes) => codes.includes('identity-mismatch')), 'both noticed');
    for (const room of [asOne, asTwo]) expect(room.snapshot.participants.filter(({ state }) => state !== 'connecting')).to.deep.equal([]);
    expect([...seen(ada), ...seen(bo)].filter((view) => !view.includes('connecting unverified'))).to.deep.equal([]);
  });

  it('gets nothing where it tells the true fingerprints and answers with a key of its own: the browser finds out', async () => {
    const [ada, bo] = stage.pair((sub) => stage.required(sub));
    const { asOne, asTwo } = await stage.relay.stepBetween(ada.id, bo.id);
    stage.relay.announce = honestly(stage.relay.announce);
    const states: RTCDtlsTransportState[] = [];
    stage.relay.utter = (data, victim) => {
      const { fp = '' } = (victim === ada.id ? bo : ada).signaling.announcement;
      return inDescriptions((sdp) => sdp.replace(/(a=fingerprint:sha-256 ).*/g, `$1${hexOf(fp)}`))(data);
    };
    await join(ada, bo);
    await until(() => {
      states.splice(0, 9, ...RecordedPc.made.flatMap((pc) => pc.sctp?.transport.state ?? []));
      return states.includes('failed');
    }, 'the handshake failed');
    expect(states).not.to.include('connected');
    expect([...seen(ada), ...seen(bo)].filter((view) => !view.includes('connecting unverified'))).to.deep.equal([]);
    for (const room of [asOne, asTwo]) expect(room.snapshot.participants.flatMap(({ tracks }) => tracks)).to.deep.equal([]);
  });

  it('is heard by who compares a spoken code: each end sees another one', async () => {
    const [ada, bo] = stage.pair(() => ({}));
    const between = await stage.relay.stepBetween(ada.id, bo.id);
    await join(ada, bo);
    const codes = await Promise.all([ada.room, bo.room, between.asOne, between.asTwo].map(async (room) => {
      const verification = await room.verify();
      await until(() => verification.snapshot.state === 'ready', 'there is a code');
      return (verification.snapshot.code as SpokenCode).emoji.join(' ');
    }));
    const [adas, bos, asAda, asBo] = codes;
    // To each of them it is an honest end, whose code it knows; it cannot make the two alike.
    expect([asAda, asBo].sort()).to.deep.equal([adas, bos].sort());
    expect(adas).not.to.equal(bos);
  });

  it('is unverified where it strips the vouches, and nobody where one is required: vouch-missing', async () => {
    for (const requireVouch of [false, true]) {
      const [ada, bo] = stage.pair((sub) => stage.vouched(sub, { requireVouch }));
      await stage.relay.stepBetween(ada.id, bo.id);
      const { announce } = stage.relay;
      stage.relay.announce = (to, announcement) => {
        const { vouch: _, ...rest } = announce(to, announcement) as Announcement;
        return rest;
      };
      const errors = errorsOf(ada);
      RecordedPc.made = [];
      await join(ada, bo);
      if (requireVouch) {
        await until(() => ada.room.snapshot.participants[0]?.reason === 'vouch-missing', 'Ada says why');
        expect([errors, seen(ada)]).to.deep.equal([['vouch-missing'], ['Bo connecting unverified']]);
        // What there is belongs to the relay: neither of them made one.
        for (const { signaling } of [ada, bo]) expect(keysUsed()).not.to.include(signaling.announcement.fp);
      } else {
        await until(() => seen(ada)[0] === 'Bo connected unverified', 'it is shown as nobody');
      }
      stage.renew();
    }
  });

  it('is noticed at the hello where it strips a vouch and leaves the connection alone: hello-mismatch', async () => {
    const [ada, bo] = stage.pair((sub) => stage.vouched(sub));
    stage.relay.announce = (to, { vouch, ...rest }) => (to === ada.id ? rest : { ...rest, ...(vouch && { vouch }) });
    const errors = errorsOf(ada);
    await join(ada, bo);
    await until(() => errors.includes('hello-mismatch'), 'Ada noticed');
    expect(seen(ada).filter((view) => view.includes('connected '))).to.deep.equal([]);
  });
});
