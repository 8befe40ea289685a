import { banner } from '../banner.ts';
import { selfSignedCertificate } from '../certificate.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Invocation } from '../config/read.ts';
import { toRelayOptions } from '../config/relay-options.ts';
import type { Config } from '../config/schema.ts';
import { endOnSignals } from '../end-on-signals.ts';
import { createRelay, type Log } from '../index.ts';
import { createOriginCheck } from '../origin.ts';
import { createProgramLog } from '../program-log.ts';
import { TlsFiles } from '../tls-files.ts';

/** Runs the relay until a signal ends it. */
export async function serve({ config }: Invocation): Promise<void> {
  const { https = false, tlsCert: _cert, tlsKey: _key, drainMs, logFormat, logLevel, quiet, ...settings } = config;
  const { demo = true, ...options } = toRelayOptions(settings);
  const log = await createProgramLog({ format: logFormat, level: quiet ? 'error' : logLevel });
  const files = tlsFilesOf(config, log);

  const relay = createRelay({
    ...options, demo, log,
    ...(files && { tls: { ...files.read(), hsts: true } }),
    ...(https && { tls: await selfSignedCertificate() }),
  });
  endOnSignals(relay, drainMs);
  const address = await relay.ready;
  if (files) process.on('SIGHUP', files.watch((pair) => { relay.renewTls(pair); }).reload);
  // Nothing but JSON where JSON is wanted.
  if (logFormat === 'json') { log('info', 'the relay listens', { port: address.port }); return; }
  process.stdout.write(`${banner({
    ...address, https: https || files !== undefined, demo, stunWanted: options.stunPort !== false,
    allows: (origin) => createOriginCheck(options)(origin, new URL(origin).host),
    reachable: options.host === undefined || options.host === '0.0.0.0' || options.host === '::',
  })}\n`);
}

/** @throws ConfigError for half a pair, or two ways at once. */
function tlsFilesOf({ https, tlsCert, tlsKey }: Config, log: Log): TlsFiles | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new ConfigError('tlsCert and tlsKey belong together: --tls-cert, --tls-key');
  }
  if (https) throw new ConfigError('https makes a certificate and tlsCert names one: give one of them');
  return new TlsFiles({ certFile: tlsCert, keyFile: tlsKey, log });
}
