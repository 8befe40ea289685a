import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { connect } from 'node:tls';
import { root } from '../../scripts/lib/root.mjs';
import { findTurnserver, startCoturn, startTurnserver, TURN_SECRET, type Coturn } from '../../test/support/coturn.ts';
import { freePort } from '../../test/support/relay.ts';
import { TurnClient } from '../../test/support/turn-client.ts';
import { selfSignedCertificate } from '../certificate.ts';
import { createTurnMint } from './turn.ts';

const found = findTurnserver();
const skip = 'missing' in found && found.missing;
const hasIpv6 = Object.values(networkInterfaces()).some((entries) => entries?.some(({ address }) => address === '::1'));
const path = 'path' in found ? found.path : '';
const mint = (secret = TURN_SECRET, nowMs = Date.now()) =>
  createTurnMint({ urls: ['turn:turn.example.com'], secret, ttlS: 60 })('Participant-1_', nowMs).server;

function clientOf(t: TestContext, port: number, credentials: { username?: string; credential?: string }): TurnClient {
  const client = new TurnClient(port, credentials);
  t.after(() => { client.close(); });
  return client;
}

describe('createTurnMint, at a real coturn', { skip }, () => {
  let coturn: Coturn;

  before(async () => { coturn = await startCoturn(path); });
  after(() => coturn.stop());

  it('mints what is taken', async (t) => {
    assert.equal(await clientOf(t, coturn.port, mint()).allocate(), 'ok');
  });

  it('mints what is refused once it has expired, for another participant, and by another secret', async (t) => {
    const { username = '', credential = '' } = mint();
    assert.equal(await clientOf(t, coturn.port, mint(TURN_SECRET, Date.now() - 62_000)).allocate(), 401);
    assert.equal(await clientOf(t, coturn.port, { username: username.replace('1_', '2_'), credential }).allocate(), 401);
    assert.equal(await clientOf(t, coturn.port, { username: username.replace(/^\d+/, (s) => String(Number(s) + 600)), credential }).allocate(), 401);
    assert.equal(await clientOf(t, coturn.port, mint('not the secret of coturn')).allocate(), 401);
  });
});

describe('deploy/turnserver.conf', { skip }, () => {
  let [folder, tlsPort, coturn]: [string, number, Coturn?] = ['', 0];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'turn-conf-'));
    const { key, cert } = await selfSignedCertificate();
    const text = await readFile(join(root, 'deploy/turnserver.conf'), 'utf8');
    // Only what is this machine's: ports, files and the secret.
    const changed = text.replace(/^(?:tls-)?listening-port=.*\n/gm, '').replaceAll('/etc/turnserver', folder)
      .replace(/^static-auth-secret=.*$/m, `static-auth-secret=${TURN_SECRET}`);
    await Promise.all([
      writeFile(join(folder, 'turnserver.conf'), changed), writeFile(join(folder, 'cert.pem'), cert), writeFile(join(folder, 'key.pem'), key),
    ]);
    coturn = await startTurnserver(path, await freePort(), [
      '-c', join(folder, 'turnserver.conf'), '--relay-ip=127.0.0.1', ...(hasIpv6 ? ['--relay-ip=::1'] : []), `--tls-listening-port=${tlsPort = await freePort()}`,
    ]);
  });
  after(async () => {
    await coturn?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('starts with nothing to complain about, and speaks TLS 1.2 and newer', async () => {
    const complaints = coturn?.output.split('\n').filter((line) => /bad configuration|unknown|cannot|error|warning/i.test(line)) ?? [''];
    assert.deepEqual(complaints.filter((line) => !/CHANGE_REQUEST/.test(line)), []);
    const socket = connect({ port: tlsPort, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    assert.match(socket.getProtocol() ?? '', /^TLSv1\.[23]$/);
    socket.destroy();
  });

  it('relays to public addresses and to no others', async (t) => {
    const client = clientOf(t, coturn?.port ?? 0, mint());
    assert.equal(await client.allocate(4), 'ok');
    for (const open of ['1.1.1.1', '172.32.0.1', '192.169.0.1']) assert.equal(await client.permit(open), 'ok', open);
    for (const denied of [
      '0.0.0.1', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.2.2',
      '192.168.1.1', '198.18.0.1', '203.0.113.1', '224.0.0.1', '255.255.255.255',
    ]) assert.equal(await client.permit(denied), 403, denied);
  });

  it('so over IPv6', { skip: !hasIpv6 && 'SKIPPED: this machine has no IPv6' }, async (t) => {
    const client = clientOf(t, coturn?.port ?? 0, mint());
    assert.equal(await client.allocate(6), 'ok');
    for (const open of ['2606:4700::1111', '2a00::1', '2001:200::1']) assert.equal(await client.permit(open), 'ok', open);
    for (const denied of [
      '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '64:ff9b:1::1', '2001::1', '2001:db8::1', '2002:a00:1::1',
      'fc00::1', 'fdff::1', 'fe80::1', 'ff02::1',
    ]) assert.equal(await client.permit(denied), 403, denied);
  });
});
