import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { io } from 'socket.io-client';
import { serveProgram } from './process.testing.ts';
import { handshake, ORIGIN, rawSocket, TestClient } from './relay.testing.ts';

const JWT_SECRET = 'canary-secret-canary-secret-canary-secret';
const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function tokenOf(claims: object): string {
  const signed = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', JWT_SECRET).update(signed).digest('base64url')}`;
}

const GOOD = tokenOf({ sub: 'canary-subject', name: 'canary-claimed', exp: Math.floor(Date.now() / 1000) + 600 });
const BAD = `${GOOD.slice(0, -4)}AAAA`;

/** All that a session can hold, refused and taken, with a canary in every text that a stranger can choose. */
async function fullSession(t: TestContext, { port }: { port: number }): Promise<string[]> {
  const connect = (token: string) => {
    const socket = io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'], forceNew: true, reconnection: false, auth: { token }, extraHeaders: { origin: ORIGIN },
    });
    t.after(() => { socket.disconnect(); });
    return socket;
  };
  const refused = connect(BAD);
  await new Promise((resolve) => { refused.once('connect_error', resolve); });
  const ask = (socket: ReturnType<typeof connect>, event: string, ...body: unknown[]) =>
    socket.timeout(5_000).emitWithAck(event, ...body) as Promise<{ ok: boolean; id?: string; resume?: string }>;
  const [a, b] = [connect(GOOD), connect(GOOD)];
  const join = { roomId: 'canary-room', name: 'canary-name', engine: { v: 1 }, presence: 'canary-presence' };
  const [, second] = [await ask(a, 'join-room', join), await ask(b, 'join-room', join)];
  assert.ok(second.ok);
  await ask(a, 'join-room', join);
  await ask(b, '#rtcio:message', { target: 'canary-nobody', data: { candidate: { candidate: 'canary-candidate' } } });
  await ask(a, '#rtcio:message', { target: second.id, data: { description: { type: 'offer', sdp: 'v=0 canary-sdp' } } });
  await ask(a, '#rtcio:message', { canary: 'canary-shape' });
  await ask(a, 'canary-event', { text: 'canary-text' });
  await ask(a, '#rtcio:renew', { token: BAD });
  await ask(a, '#rtcio:host', { action: 'remove', target: 'canary-target' });
  const c = connect(GOOD);
  await ask(c, 'join-room', { ...join, resume: 'canary-resume' });
  await ask(c, 'join-room', { ...join, roomId: 'canary room' });
  await handshake(rawSocket(t, { port }, '', { origin: 'https://evil.example' }));
  await handshake(rawSocket(t, { port }, '&room=canary-room&room=canary-more', { origin: ORIGIN }));
  return [GOOD, BAD, second.id ?? '', second.resume ?? ''];
}

describe('what the program logs', () => {
  for (const format of ['json', 'text']) {
    it(`holds no token, secret, name, SDP, room or address, as ${format}`, async (t) => {
      const program = await serveProgram(t, ['--log-format', format, '--no-demo'], { JWT_SECRET, JWT_AUDIENCE: '' });
      const secrets = await fullSession(t, program);
      program.child.kill('SIGINT');
      assert.equal(await program.ended, 0);
      const lines = `${program.output.out}${program.output.err}`;
      for (const code of ['already-joined', 'resume-refused', 'origin-refused', 'invalid-room']) assert.ok(lines.includes(code), code);
      for (const secret of ['canary', '127.0.0.1', ...secrets]) assert.ok(!lines.includes(secret), `${secret} in\n${lines}`);
    });
  }

  it('is one JSON object a line, with time, level and message, under --log-format json', async (t) => {
    const program = await serveProgram(t, ['--log-format', 'json', '--log-addresses'], { LOG_LEVEL: 'info' });
    await handshake(rawSocket(t, program, '', { origin: 'https://evil.example' }));
    program.child.kill('SIGINT');
    assert.equal(await program.ended, 0);
    const lines = program.output.out.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const { time, level, msg } of lines) {
      assert.ok(!Number.isNaN(Date.parse(String(time))) && typeof msg === 'string');
      assert.ok(['info', 'warn', 'error'].includes(String(level)));
    }
    const refusal = lines.find(({ code }) => code === 'origin-refused');
    assert.deepEqual([refusal?.['origin'], refusal?.['address']], ['https://evil.example', '127.0.0.1'], 'addresses where they are wanted');
  });

  it('is as little as --log-level says', async (t) => {
    const program = await serveProgram(t, ['--log-level', 'error']);
    await new TestClient(t, program).codeOf('join-room', {});
    await handshake(rawSocket(t, program, '', { origin: 'https://evil.example' }));
    program.child.kill('SIGINT');
    await program.ended;
    assert.ok(!`${program.output.out}${program.output.err}`.includes('refused'));
  });
});
