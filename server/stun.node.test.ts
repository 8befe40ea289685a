import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, it, type TestContext } from 'node:test';
import { silent } from './log.ts';
import { answerStun } from './stun-message.ts';
import { createStunMeter, StunResponder } from './stun.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
/** The transaction id of the test vectors of RFC 5769. */
const ID = 'b7e7a701bc34d686fa87dfae';
const request = (attributes = '') => bytes(`0001${(attributes.replaceAll(/\s/g, '').length / 2).toString(16).padStart(4, '0')}
  2112a442${ID}${attributes}`);
const answerTo = (message: Buffer, address = '192.0.2.1', port = 32853) => answerStun(message, address, port)?.toString('hex');

describe('answerStun', () => {
  it('answers with the XOR-MAPPED-ADDRESS of RFC 5769 section 2.2 (IPv4)', () => {
    assert.equal(answerTo(request()), `0101000c2112a442${ID}002000080001a147e112a643`);
    assert.equal(answerTo(request(), '::ffff:192.0.2.1'), `0101000c2112a442${ID}002000080001a147e112a643`);
  });

  it('answers with the XOR-MAPPED-ADDRESS of RFC 5769 section 2.3 (IPv6)', () => {
    assert.equal(answerTo(request(), '2001:db8:1234:5678:11:2233:4455:6677'),
      `010100182112a442${ID}002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9`);
  });

  it('adds a 7d281f59PRINT that is right when asked with one', () => {
    assert.equal(answerTo(request('80280004 00000000')), `010100142112a442${ID}002000080001a147e112a643802800047d281f59`);
  });

  it('answers 420 to an attribute that it would have to understand', () => {
    assert.equal(answerTo(request('0024 0004 6e0001ff')), `011100102112a442${ID}0009000400000414000a000200240000`);
    assert.equal(answerTo(request('7f01 0000 7f02 0000 7f03 0000'))?.slice(40), '0009000400000414000a00047f017f02');
  });

  it('passes over credentials and over what need not be understood', () => {
    assert.equal(answerTo(request('0006 0003 61626300 8022 0004 74657374'))?.slice(0, 8), '0101000c');
  });

  it('never sends more than 32 bytes beyond the request', () => {
    for (const address of ['192.0.2.1', '2001:db8::1']) {
      for (const attributes of ['', '8028000400000000', '7f010000', '7f0100007f020000', '7f01000080280004 00000000']) {
        const message = request(attributes);
        assert.ok((answerStun(message, address, 1)?.length ?? 0) <= message.length + 24, attributes);
      }
    }
  });

  it('is silent towards port 0, to which nothing can be sent', () => {
    assert.equal(answerTo(request(), '192.0.2.1', 0), undefined);
  });

  const silentFor: [string, Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['a short header', request().subarray(0, 16)],
    ['a wrong cookie', bytes(`00010000 2112a443 ${ID}`)],
    ['a length that is not its own', bytes(`00010004 2112a442 ${ID}`)],
    ['a length that is no multiple of four', bytes(`00010002 2112a442 ${ID} 0000`)],
    ['an attribute beyond the end', request('00060008 61616161')],
    ['a binding response', bytes(`01010000 2112a442 ${ID}`)],
    ['a binding indication', bytes(`00110000 2112a442 ${ID}`)],
    ['a TURN allocation', bytes(`00030000 2112a442 ${ID}`)],
    ['a long request', request('8022 0240'.concat('00'.repeat(0x240)))],
    ['the first bits of a DTLS record', bytes(`16fe0000 2112a442 ${ID}`)],
  ];
  for (const [what, message] of silentFor) {
    it(`is silent for ${what}`, () => { assert.equal(answerTo(message), undefined); });
  }
});

describe('createStunMeter', () => {
  it('lets one address take nothing from the others', () => {
    const meter = createStunMeter();
    for (let i = 0; i < 5_000; i++) meter('192.0.2.1', 0);
    assert.deepEqual(['192.0.2.1', '192.0.2.2', '2001:db8::1'].map((address) => meter(address, 0)), [false, true, true]);
  });

  it('bounds all together, whose addresses may be forged', () => {
    const meter = createStunMeter();
    const answered = Array.from({ length: 5_000 }, (_, i) => meter(`10.0.${i >> 8}.${i & 255}`, 0)).filter(Boolean);
    assert.equal(answered.length, 2_000);
  });
});

describe('StunResponder', () => {
  async function open(t: TestContext) {
    const responder = await StunResponder.open({ port: 0, host: '127.0.0.1', log: silent });
    assert.ok(responder);
    const client = createSocket('udp4');
    t.after(() => { responder.close(); client.close(); });
    client.bind(0, '127.0.0.1');
    await once(client, 'listening');
    return { responder, client };
  }

  it('tells a real socket its own address and port', async (t) => {
    const { responder, client } = await open(t);
    client.send(request(), responder.port, '127.0.0.1');
    const [message] = await once(client, 'message') as [Buffer];
    assert.equal(message.readUInt16BE(26) ^ 0x2112, client.address().port);
    assert.equal((message.readUInt32BE(28) ^ 0x2112a442) >>> 0, 0x7f000001);
  });

  it('answers a flood of one address with its burst and no more', async (t) => {
    const { responder, client } = await open(t);
    let answers = 0;
    client.on('message', () => { answers++; });
    for (let i = 0; i < 500; i++) client.send(request(), responder.port, '127.0.0.1');
    // The bucket fills again: once this one is answered, all that came before it have been heard.
    const last = bytes(`00010000 2112a442 ${'ee'.repeat(12)}`);
    const asking = setInterval(() => { client.send(last, responder.port, '127.0.0.1'); }, 20);
    await new Promise<void>((resolve) => {
      client.on('message', (message) => { if (message.subarray(8, 20).equals(last.subarray(8))) resolve(); });
    });
    clearInterval(asking);
    assert.ok(answers >= 20 && answers <= 30, `${answers} answers`);
  });

  it('says where UDP cannot be had, and does without', async (t) => {
    const { responder } = await open(t);
    const lines: string[] = [];
    const log = (_level: string, message: string) => { lines.push(message); };
    assert.equal(await StunResponder.open({ port: responder.port, host: '127.0.0.1', log }), undefined);
    assert.deepEqual(lines, ['UDP could not be had for STUN']);
  });
});
