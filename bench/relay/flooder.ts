/**
 * A process that floods: `flooder.ts <port> <room> <target> <address> <messages>`. Cut off, it comes again, as long as it is let in;
 * refused, it tries on. It sends how many messages it got rid of when it is told to stop, or has sent all.
 */
import { Guest } from './guest.ts';

const [port, room = '', target = '', address = '', messages] = process.argv.slice(2);
let left = Number(messages);

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}

async function flood(): Promise<void> {
  const guest = await Guest.enter(Number(port), room, address);
  guest.onClose = () => {};
  while (left > 0 && guest.isOpen) {
    for (let i = 0; i < 100 && left > 0; i++, left--) guest.send(target);
    // As fast as the kernel takes it, in a memory of its own that does not grow.
    do await pause(0); while (guest.waiting > 1_000_000 && guest.isOpen);
  }
  guest.close();
}

function finish(): void {
  process.send?.(Number(messages) - left, () => { process.exit(); });
}

process.once('message', finish);
while (left > 0) {
  try {
    await flood();
  } catch {
    await pause(20); // Refused; this is what a flooder is told, and does not listen to.
  }
}
finish();
