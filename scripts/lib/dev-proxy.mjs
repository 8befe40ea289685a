// @ts-check
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

const EVENTS = '/dev-events';
const SCRIPT = '/dev-reload.js';
// Waits for the relay to answer before it reloads: the page comes from there.
const RELOAD = `new EventSource('${EVENTS}').onmessage = async () => {
  for (let tries = 0; tries < 50; tries++) {
    if (await fetch('/health').then((answer) => answer.ok, () => false)) return location.reload();
    await new Promise((done) => setTimeout(done, 100));
  }
};`;

/**
 * Passes everything on to the relay and adds a reloading script to its pages.
 * @param {{ port: number, relayPort: number }} ports
 */
export function startDevProxy({ port, relayPort }) {
  /** @type {Set<import('node:http').ServerResponse>} */
  const pages = new Set();

  const server = createServer((incoming, answer) => {
    if (incoming.url === SCRIPT) {
      answer.writeHead(200, { 'content-type': 'text/javascript' }).end(RELOAD);
    } else if (incoming.url === EVENTS) {
      answer.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
      pages.add(answer);
      answer.once('close', () => pages.delete(answer));
    } else {
      const headers = { ...incoming.headers, 'accept-encoding': 'identity' };
      const outgoing = request({ port: relayPort, path: incoming.url, method: incoming.method, headers }, async (reply) => {
        if (!reply.headers['content-type']?.startsWith('text/html')) {
          answer.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(answer);
          return;
        }
        const html = `${Buffer.concat(await reply.toArray())}<script type="module" src="${SCRIPT}"></script>`;
        const { 'content-length': _length, etag: _etag, ...rest } = reply.headers;
        answer.writeHead(reply.statusCode ?? 502, rest).end(html);
      });
      outgoing.once('error', () => {
        answer.writeHead(503, { 'retry-after': '1' }).end('The relay is starting: reload in a moment.');
      });
      incoming.pipe(outgoing);
    }
  });

  server.on('upgrade', ({ method, url, headers }, socket, head) => {
    const relay = connect(relayPort, 'localhost', () => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      relay.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      relay.write(head);
      socket.pipe(relay).pipe(socket);
    });
    relay.once('error', () => socket.destroy());
    socket.once('error', () => relay.destroy());
  });

  server.listen(port);
  return {
    /** Tells every open page to load again. */
    reload() {
      for (const page of pages) page.write('data: reload\n\n');
    },
  };
}
