/**
 * `rtc.js`: every tag defined, some once they appear (lazy.ts), and the API for `import {createRoom} from '/rtc.js'`. The one
 * place that reads where it came from: the relay that served it is the default relay, a path prefix included. A copy on a CDN
 * stands in the package's `dist/`, where no relay is; its page names one by `data-server` on the script tag, found by its
 * address, because a module has no `document.currentScript`.
 */
import { setDefaultServer } from '../internal/default-server.ts';
import './rtc-room.ts';

export * from '../essentials.ts';

const own = import.meta.url;
const scripts = [...document.querySelectorAll('script')].filter(({ src }) => src === own);
const folder = new URL('.', own).href.replace(/\/$/, '');
const server = scripts.find(({ dataset }) => dataset['server'])?.dataset['server'];
const isFromRelay = new URL(server ?? own, own).origin === new URL(own).origin;
setDefaultServer(server ?? (folder.endsWith('/dist') ? '' : folder), !isFromRelay || scripts.some(({ integrity }) => integrity));
