import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { describeConfig } from './describe-config.ts'
import { loadConfig } from './load-config.ts'
import { LimitsConfig, listenOn, LogLevel, SimulationConfig, TlsConfig } from './parts.ts'

const Config = z.strictObject({
  listen: listenOn('::', 8443),
  certs: z.string().describe('folder with key.pem, cert.pem and ca.pem'),
  logLevel: LogLevel,
  limits: LimitsConfig,
  programs: z.array(z.string()).default([]).describe('programs made at the start'),
  clock: SimulationConfig.optional(),
  tls: TlsConfig,
})

it('takes defaults where nothing is written', () => {
  expect(load('certs: /etc/gsp')).toMatchObject({ listen: { host: '::', port: 8443 }, logLevel: 'info', programs: [] })
})

it('lets variables override the file, with the types of the schema', () => {
  const env = {
    GSP_LISTEN_PORT: '9000',
    GSP_CERTS: '0123',
    GSP_LOG_LEVEL: 'debug',
    GSP_PROGRAMS: '[a, b]',
    GSP_LIMITS_PER_SECOND: '2.5',
    GSP_CLOCK_START: '100',
    GSP_CLOCK_STARTED_AT: '50',
    GSP_UNRELATED: 'x',
  }
  expect(load('listen: { port: 1, host: 127.0.0.1 }\ncerts: a', env)).toMatchObject({
    listen: { host: '127.0.0.1', port: 9000 },
    certs: '0123',
    logLevel: 'debug',
    programs: ['a', 'b'],
    limits: { perSecond: 2.5 },
    clock: { start: 100, startedAt: 50, speed: 1 },
  })
})

it.each([
  ['a key that is not known', 'certs: a\nlisten: { prot: 1 }', {}, /gsp\.yaml.*\n.*prot.*\n.*listen/],
  ['a missing key', 'logLevel: info', {}, /gsp\.yaml.*\n.*string.*\n.*certs/],
  ['a bad variable', 'certs: a', { GSP_LISTEN_PORT: 'many' }, /GSP_LISTEN_PORT.*\n.*number.*\n.*listen\.port/],
  ['what is not YAML', 'certs: [', {}, /gsp\.yaml/],
  ['what is no map', '- a', {}, /gsp\.yaml.*\n.*object/],
])('names the source and the key of %s', (_what, yaml, env, message) => {
  expect(() => load(yaml, env)).toThrow(
    expect.objectContaining({ name: 'ConfigError', message: expect.stringMatching(message) }),
  )
})

it('names a file that is not there', () => {
  expect(() => loadConfig(Config, { file: '/nowhere/gsp.yaml', prefix: 'gsp' })).toThrow('/nowhere/gsp.yaml')
})

it('freezes what it has read, all the way down', () => {
  const config = load('certs: a')
  expect(Object.isFrozen(config) && Object.isFrozen(config.listen) && Object.isFrozen(config.programs)).toBe(true)
})

it('describes every key for a reference page and for editors', () => {
  const { markdown, jsonSchema } = describeConfig(Config, 'gsp')
  expect(markdown.split('\n')).toEqual(
    expect.arrayContaining([
      '| `listen.port` | `GSP_LISTEN_PORT` | integer | `8443` |  |',
      '| `certs` | `GSP_CERTS` | string |  | folder with key.pem, cert.pem and ca.pem |',
      '| `logLevel` | `GSP_LOG_LEVEL` | `debug`, `info`, `warn`, `error`, `silent` | `"info"` |  |',
      '| `programs` | `GSP_PROGRAMS` | list of string | `[]` | programs made at the start |',
    ]),
  )
  expect(jsonSchema).toMatchObject({ required: ['certs'], additionalProperties: false })
})

function load(yaml: string, env: Readonly<Record<string, string>> = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'kit-config-')), 'gsp.yaml')
  writeFileSync(file, yaml)
  return loadConfig(Config, { file, env, prefix: 'gsp' })
}
