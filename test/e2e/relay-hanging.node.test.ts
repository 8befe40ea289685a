import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { joinRoom, openEngine, until, untilWithin } from '../support/browser.ts';
import { useStage } from '../support/stage.ts';

/** Until the next attempt, which follows at once; one of a first join takes 10 s. */
const BACK_MS = 5000 + 2000;

describe('an attempt that hangs where the relay is there again', () => {
  const stage = useStage();
  const sockets = new Set<Socket>();
  let hangs = false;
  let hanging = 0;
  /** In front of the relay: takes every connection, and says nothing to those that come while it hangs. */
  const proxy = createServer((client) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    if (hangs) { hanging++; return; }
    const relay = connect(stage.relay.port, '127.0.0.1');
    relay.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => relay.destroy());
    client.pipe(relay).pipe(client);
  });

  before(() => once(proxy.listen(0, '127.0.0.1'), 'listening'));
  after(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  it('is followed by another one soon', async () => {
    const page = stage.own(await openEngine(stage.browser, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`));
    const id = await joinRoom(page, { name: stage.room, displayName: 'Ada' });
    hangs = true;
    for (const socket of sockets) socket.destroy();
    await until(page, () => room.snapshot.state === 'reconnecting');
    while (hanging === 0) await once(proxy, 'connection');
    hangs = false;
    await untilWithin(BACK_MS, page, () => room.snapshot.state === 'joined');
    assert.equal(await page.evaluate(() => room.snapshot.local.id), id);
  });
});
