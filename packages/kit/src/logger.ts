import { destination, pino, type Logger } from 'pino'

export type { Logger } from 'pino'

const secrets = ['key', 'pin', 'token', 'password', 'passphrase', 'authorization', 'cookie']

/** JSON lines on standard error, so that standard output stays free for results; keys, PINs and tokens are redacted. */
export function createLogger(name: string, level = 'info'): Logger {
  const paths = secrets.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`])
  return pino({ name, level, redact: { paths, censor: '[redacted]' } }, destination({ dest: 2, sync: true }))
}
