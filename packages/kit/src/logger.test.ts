import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('writes JSON lines on standard error only, without keys, PINs and tokens', async () => {
  const script = `
    import { createLogger } from ${JSON.stringify(new URL('logger.ts', import.meta.url).href)}
    const log = createLogger('gsp', 'info')
    log.info({ lfdi: 'AB', pin: 123455, device: { key: 'PEM', token: 'secret' }, headers: { authorization: 'Bearer x' } }, 'seen')
    log.debug('not seen')`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  expect(stdout).toBe('')
  const hidden = '[redacted]'
  expect(JSON.parse(stderr)).toMatchObject({
    name: 'gsp',
    lfdi: 'AB',
    pin: hidden,
    device: { key: hidden, token: hidden },
    headers: { authorization: hidden },
    msg: 'seen',
  })
})
