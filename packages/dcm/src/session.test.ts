import { DeviceCapability, EndDevice, Time } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { readResource } from './read-resource.ts'
import { document, scriptedServer } from './testing/scripted-server.ts'

const { signal } = new AbortController()
const time = document(
  '<Time><currentTime>7</currentTime><dstEndTime>0</dstEndTime><dstOffset>0</dstOffset><dstStartTime>0</dstStartTime><quality>7</quality><tzOffset>0</tzOffset></Time>',
)

it('reads a document', async () => {
  const { session } = await scriptedServer(() => ({ body: time }))
  expect(await session.get(Time, '/tm', signal)).toMatchObject({ kind: 'ok', value: { currentTime: 7 } })
})

it('skips what it does not know, and refuses what is wrong', async () => {
  const strange = time.replace('<quality>', '<moonPhase xmlns="urn:other">3</moonPhase><quality>')
  const wrong = time.replace('>7<', '>seven<')
  const { session } = await scriptedServer(({ url }) => ({ body: url === '/strange' ? strange : wrong }))
  expect(await session.get(Time, '/strange', signal)).toMatchObject({ kind: 'ok', value: { quality: 7 } })
  expect(await session.get(Time, '/wrong', signal)).toMatchObject({ kind: 'garbled' })
})

it('follows a redirect within the server and remembers it', async () => {
  const { session, requests } = await scriptedServer(({ url }) =>
    url === '/old' ? { status: 301, headers: { location: '/new' } } : { body: time },
  )
  for (const _ of [1, 2]) expect(await session.get(Time, '/old', signal)).toMatchObject({ kind: 'ok' })
  expect(requests.map(({ url }) => url)).toEqual(['/old', '/new', '/new'])
})

it('goes to no other server, by a redirect or by a link', async () => {
  const location = 'https://elsewhere.example/tm'
  const { session, requests } = await scriptedServer(() => ({ status: 302, headers: { location } }))
  expect(await session.get(Time, '/tm', signal)).toEqual({ kind: 'moved', to: location })
  expect(await session.get(Time, location, signal)).toEqual({ kind: 'moved', to: location })
  expect(requests).toHaveLength(1)
})

it('gives up redirects that lead in a circle', async () => {
  const { session } = await scriptedServer(({ url }) => ({
    status: 302,
    headers: { location: url === '/a' ? '/b' : '/a' },
  }))
  expect(await session.get(Time, '/a', signal)).toMatchObject({ kind: 'moved' })
})

it('accepts an absolute link to its own server', async () => {
  const { session, origin } = await scriptedServer(() => ({ body: document('<DeviceCapability/>') }))
  expect(await session.get(DeviceCapability, `${origin}/dcap`, signal)).toMatchObject({ kind: 'ok' })
})

it('tells where a posted resource went', async () => {
  const { session, requests } = await scriptedServer(() => ({ status: 201, headers: { location: '/edev/3' } }))
  const entry = { changedTime: 1, sFDI: 167_261_211_391 }
  expect(await session.post(EndDevice, '/edev', entry, signal)).toMatchObject({ kind: 'ok', location: '/edev/3' })
  expect(requests[0]?.body).toContain('<sFDI>167261211391</sFDI>')
})

it('says that nobody answers', async () => {
  const { session, close } = await scriptedServer(() => ({}))
  await close()
  expect(await session.get(Time, '/tm', signal)).toMatchObject({ kind: 'unreachable' })
})

it('pages through a list, and ends with an empty page though more were promised', async () => {
  const { session, requests } = await scriptedServer(({ url }) => ({ body: page(url) }))
  const outcome = await readResource(session, 'EndDeviceList', '/edev', signal)
  expect(outcome).toMatchObject({
    kind: 'ok',
    value: { EndDevice: [{ href: '/edev/0' }, { href: '/edev/1' }, { href: '/edev/2' }] },
  })
  expect(requests.map(({ url }) => url)).toEqual(['/edev?s=0&l=10', '/edev?s=2&l=10', '/edev?s=4&l=10'])
})

/** Two members in each page, the third met twice, and seven promised. */
function page(url: string): string {
  const start = Number(new URL(url, 'https://server').searchParams.get('s'))
  const numbers = start === 0 ? [0, 1] : start === 2 ? [2, 1] : []
  const devices = numbers.map(
    (n) => `<EndDevice href="/edev/${n}"><sFDI>${n}</sFDI><changedTime>0</changedTime></EndDevice>`,
  )
  return document(`<EndDeviceList all="7" results="${numbers.length}">${devices.join('')}</EndDeviceList>`)
}
