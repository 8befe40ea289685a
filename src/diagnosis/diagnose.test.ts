import { expect } from '@open-wc/testing';
import { RoomError } from '../shared/errors.ts';
import { diagnose } from './diagnose.ts';
import { gather } from './gather.ts';
import { turnServers } from './ways.ts';
import type { IceServer } from '../protocol/wire.ts';
import type { DiagnosisHost } from './diagnose.ts';
import type { Finding } from './finding.ts';

const SERVER = 'https://relay.test/prefix';
const SERVERS: IceServer[] = [
  { urls: 'stun:a.test' },
  { urls: ['turn:a.test:3478', 'turn:a.test:3478?transport=udp', 'turn:a.test?transport=tcp', 'turns:a.test'], username: 'u', credential: 'c' },
];

const scope = () => new AbortController().signal;
const line = ({ check, state, code }: Finding) => [check, state, ...(code ? [code] : [])].join(' ');

/** What the network of this page would say. */
function networkSays({ health, opens }: { health?: object; opens?: boolean }): { asked: string[]; end: () => void } {
  const { fetch, WebSocket: Original } = window;
  const asked: string[] = [];
  window.fetch = (url) => {
    asked.push(String(url instanceof Request ? url.url : url));
    return health ? Promise.resolve(Response.json(health)) : Promise.reject(new TypeError('no network'));
  };
  class FakeWebSocket extends EventTarget {
    constructor(url: URL) {
      super();
      asked.push(String(url));
      queueMicrotask(() => { this.dispatchEvent(new Event(opens ? 'message' : 'close')); });
    }

    close(): void { asked.push('closed'); }
  }
  Object.assign(window, { WebSocket: FakeWebSocket });
  return { asked, end: () => { Object.assign(window, { fetch, WebSocket: Original }); } };
}

async function linesOf(host: Partial<DiagnosisHost>): Promise<string[]> {
  const found: Finding[] = [];
  await diagnose({ server: SERVER, iceServers: () => Promise.resolve([]), ...host }, (finding) => { found.push(finding); }, scope());
  return found.map(line);
}

describe('diagnose', () => {
  let network: ReturnType<typeof networkSays>;
  afterEach(() => { network.end(); });

  it('finds each thing in its order where all is well, and really connects within the page', async () => {
    network = networkSays({ health: { admission: 'open' }, opens: true });
    const lines = await linesOf({});
    expect(lines.map((one) => one.split(' ')[0])).to.deep.equal([
      'secure', 'webrtc', 'policy', 'microphone', 'camera', 'relay', 'websocket', 'admission', 'candidates', 'turn-udp', 'turn-tcp', 'loop',
    ]);
    expect(lines).to.include.members([
      'secure good', 'webrtc good', 'relay good', 'websocket good', 'admission good', 'candidates good', 'loop good',
      'turn-udp warning turn-missing', 'turn-tcp warning turn-missing',
    ]);
    expect(network.asked).to.deep.equal([
      `${SERVER}/health?origin=${location.origin}`,
      'wss://relay.test/prefix/socket.io/?EIO=4&transport=websocket&room=diagnosis', 'closed',
    ]);
  });

  for (const [what, says, host, expected] of [
    ['nothing answers', {}, {}, ['relay bad relay-unreachable', 'websocket unknown not-run', 'admission unknown not-run', 'turn-udp unknown not-run']],
    ['the page is not served', { health: { admission: 'origin-refused' } }, {}, ['relay bad origin-refused', 'websocket unknown not-run']],
    ['WebSockets are held up', { health: { admission: 'open' }, opens: false }, {},
      ['relay good', 'websocket bad websocket-blocked', 'admission unknown not-run']],
    ['the relay does not know one', { health: { admission: 'open' }, opens: true },
      { iceServers: () => Promise.reject(new RoomError('unauthorized', '')) }, ['admission bad unauthorized', 'turn-udp unknown not-run']],
    ['the room of the check is refused', { health: { admission: 'open' }, opens: true },
      { iceServers: () => Promise.reject(new RoomError('forbidden', '')) }, ['admission unknown forbidden', 'loop good']],
    ['there is no server', {}, { server: '' }, ['relay bad no-server']],
    ['it is no address', {}, { server: 'http://[' }, ['relay bad no-server']],
  ] as [string, Parameters<typeof networkSays>[0], Partial<DiagnosisHost>, string[]][]) {
    it(`says so when ${what}`, async () => {
      network = networkSays(says);
      expect(await linesOf(host)).to.include.members(expected);
    });
  }

  it('asks no relay where there is none', async () => {
    network = networkSays({});
    const lines = await linesOf({ server: undefined });
    expect(lines.filter((one) => /^(?:relay|websocket|admission|turn)/.test(one))).to.deep.equal([]);
    expect([lines.at(-1), network.asked]).to.deep.equal(['loop good', []]);
  });

  it('knows nothing of devices where the browser keeps their list for a page in front, and goes on', async () => {
    network = networkSays({});
    Object.assign(navigator.mediaDevices, { enumerateDevices: () => new Promise(() => {}) });
    try {
      const lines = await linesOf({ server: undefined });
      expect(lines).to.include.members(['microphone unknown not-run', 'camera unknown not-run', 'loop good']);
    } finally {
      Reflect.deleteProperty(navigator.mediaDevices, 'enumerateDevices');
    }
  });

  it('ends with its scope', async () => {
    network = networkSays({ health: { admission: 'open' }, opens: true });
    const end = new AbortController();
    const never = diagnose({ server: SERVER, iceServers: (given) => new Promise((_, reject) => {
      given.addEventListener('abort', () => { reject(given.reason as Error); });
      end.abort(new DOMException('Enough', 'AbortError'));
    }) }, () => {}, end.signal);
    expect(await never.catch((error: unknown) => (error as Error).name)).to.equal('AbortError');
  });
});

describe('gather', () => {
  it('tells the kinds that came, and none where TURN alone is allowed and there is none', async () => {
    expect((await gather({}, scope())).kinds).to.deep.equal(['host']);
    expect(await gather({ iceTransportPolicy: 'relay' }, scope())).to.deep.equal({ kinds: [], isRefused: false });
  });
});

it('turnServers tells apart what is asked over UDP and over TCP', () => {
  const urls = (check: 'turn-udp' | 'turn-tcp') => turnServers(SERVERS, check).map((server) => [server.urls, server.username]);
  expect(urls('turn-udp')).to.deep.equal([[['turn:a.test:3478', 'turn:a.test:3478?transport=udp'], 'u']]);
  expect(urls('turn-tcp')).to.deep.equal([[['turn:a.test?transport=tcp', 'turns:a.test'], 'u']]);
});
