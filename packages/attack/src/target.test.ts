import { expect, it } from 'vitest'
import { checkTarget } from './target.ts'

it.each(['https://127.0.0.1:8443', 'https://127.9.9.9', 'https://[::1]:8443', 'https://[::ffff:127.0.0.1]'])(
  'goes to this machine: %s',
  async (url) => {
    expect(await checkTarget(url)).toEqual({ origin: new URL(url).origin })
  },
)

it('goes to the address of a name that was looked at, and expects the name in the certificate', async () => {
  const { origin, serverName } = await checkTarget('https://localhost:8443')
  expect(serverName).toBe('localhost')
  expect(origin).toBe('https://127.0.0.1:8443')
})

it.each([
  'https://192.168.1.20',
  'https://10.0.0.1:8443',
  'https://172.31.0.1',
  'https://[fd00::1]',
  'https://[fe80::1]',
])('goes to a private address only when the caller owns the network: %s', async (url) => {
  await expect(checkTarget(url)).rejects.toThrow('--i-own-this-network')
  await expect(checkTarget(url, { ownNetwork: true })).resolves.toEqual({ origin: new URL(url).origin })
})

it.each([
  'https://8.8.8.8',
  'https://[2001:4860:4860::8888]:8443',
  'https://172.32.0.1',
  'https://0.0.0.0',
  'https://[::ffff:8.8.8.8]',
])('never goes to a public address: %s', async (url) => {
  await expect(checkTarget(url)).rejects.toMatchObject({ name: 'TargetError' })
  await expect(checkTarget(url, { ownNetwork: true })).rejects.toMatchObject({ name: 'TargetError' })
})

it.each(['http://127.0.0.1', 'gsp', ''])('attacks nothing but https: "%s"', async (url) => {
  await expect(checkTarget(url)).rejects.toThrow('not an https URL')
})
