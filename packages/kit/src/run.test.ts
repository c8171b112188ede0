import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { createClient } from './client/create-client.ts'
import { writeCredentials } from './pki/credentials.ts'
import { createPki, issueDevice, issueServer } from './pki/pki.ts'

const pki = createPki()
const server = issueServer(pki, { name: 'hello' })
const folder = mkdtempSync(join(tmpdir(), 'kit-run-'))
writeCredentials(join(folder, 'certs'), server)

it('says on standard output where an actor is, and stops it on SIGTERM', async () => {
  const actor = hello(['--config', configFile(`certs: ${folder}/certs`)])
  const ready = await firstLine(actor)
  expect(ready).toMatchObject({
    event: 'ready',
    actor: 'hello',
    url: expect.stringMatching(/^https:\/\/localhost:\d+$/),
  })
  await using client = createClient({ origin: String(ready['url']), certs: issueDevice(pki, { serial: 'PV-1' }) })
  expect(String((await client.get('/')).body)).toBe('hello')
  actor.kill('SIGTERM')
  expect(await once(actor, 'exit')).toEqual([0, null])
})

it('stops an actor whose parent has gone', async () => {
  const actor = hello(['--config', configFile(`certs: ${folder}/certs`)])
  await firstLine(actor)
  actor.disconnect()
  expect(await once(actor, 'exit')).toEqual([0, null])
})

it('checks a configuration and prints the LFDI', async () => {
  const actor = hello(['--check'], { HELLO_CERTS: `${folder}/certs` })
  expect(await outcomeOf(actor)).toEqual({ code: 0, out: `LFDI ${server.lfdi}\n`, err: '' })
})

it.each([
  ['a bad value', ['--config', configFile('certs: 5')], /certs/],
  ['a folder without credentials', ['--check', '--config', configFile('certs: /nowhere')], /"\/nowhere"/],
  ['an option that nobody knows', ['--port', '1'], /--port.*\n.*usage/],
])('ends with exit code 2 on %s', async (_what, argv, message) => {
  const { code, err } = await outcomeOf(hello(argv))
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) })
})

it('ends with exit code 1 when a start fails, and says why once', async () => {
  const { code, err } = await outcomeOf(hello(['--config', configFile('certs: /nowhere')]))
  expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
})

it('ends with exit code 1 on a failure that nobody has handled, after what was opened is closed', async () => {
  const actor = hello(['--config', configFile(`certs: ${folder}/certs\nfails: true`)])
  const { code, err } = await outcomeOf(actor)
  expect(code).toBe(1)
  expect(err).toContain('actor closed')
  expect(err).toContain('out of luck')
})

/** A small actor of its own process, as every actor's main.ts starts one. */
function hello(argv: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const kit = JSON.stringify(new URL('index.ts', import.meta.url).href)
  const zod = JSON.stringify(import.meta.resolve('zod'))
  const script = `
    import { createServer, run } from ${kit}
    import { z } from ${zod}
    const Config = z.strictObject({ certs: z.string(), fails: z.boolean().default(false) })
    await run('hello', Config, async (config) => {
      const app = createServer({ name: 'hello', ...config })
      app.get('/', () => 'hello')
      app.addHook('onClose', async () => app.log.info('actor closed'))
      const url = await app.listen({ host: 'localhost', port: 0 })
      if (config.fails) setTimeout(() => { throw new Error('out of luck') }, 10)
      return { url, [Symbol.asyncDispose]: () => app.close() }
    })`
  const main = join(mkdtempSync(join(tmpdir(), 'kit-main-')), 'main.mjs')
  writeFileSync(main, script)
  return spawn(process.execPath, [main, ...argv], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

async function firstLine({ stdout }: ChildProcess): Promise<Readonly<Record<string, unknown>>> {
  if (!stdout) throw new TypeError('no output')
  for await (const line of createInterface(stdout)) return JSON.parse(line) as Record<string, unknown>
  throw new Error('the actor said nothing')
}

async function outcomeOf(actor: ChildProcess) {
  const { stdout, stderr } = actor
  if (!stdout || !stderr) throw new TypeError('no output')
  const [out, err, [code]] = await Promise.all([text(stdout), text(stderr), once(actor, 'exit')])
  return { code: Number(code), out, err }
}

function configFile(yaml: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'kit-config-')), 'hello.yaml')
  writeFileSync(file, yaml)
  return file
}
