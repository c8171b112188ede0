import { createLogger, createServer } from '@gridloom/kit'
import { expect, it, onTestFinished, vi } from 'vitest'
import { certificateOf, openScene, server, tender } from '../testing/market-scene.ts'

it('refuses tenders of who is not trusted, and takes smaller ones of who is suspect', async () => {
  const trust = { level: 3, Te: 0.2 }
  const dtm = createServer({ name: 'dtm', certs: server, log: createLogger('dtm', 'silent') })
  dtm.get('/dtm/subjects', () => [subject(certificateOf('P1').lfdi, trust)])
  onTestFinished(() => dtm.close())
  const url = await dtm.listen({ host: 'localhost', port: 0 })
  await using scene = await openScene({ dtm: { url, pollSeconds: 10 }, reference: { maxTenderQuantity: 100 } })
  await scene.register('P1', 'P2')
  let count = 0
  const offer = async (partyId: string, quantity: number) => {
    count += 1
    return (await scene.as(partyId)(tender(partyId, `a${count}`, `SELL ${quantity}@100`))).reply.response
  }
  await vi.waitFor(async () => {
    const detail = 'trust level 3: tenders are refused'
    expect(await offer('P1', 1)).toMatchObject({ responseCode: 403, responseDescription: 'NOT_AUTHORIZED', detail })
  }, patient)
  expect(await offer('P2', 100)).toMatchObject({ responseCode: 200 })

  Object.assign(trust, { level: 2, Te: 0.555 })
  await vi.waitFor(async () => {
    await scene.clock.advance(10)
    expect(await offer('P1', 55)).toMatchObject({ responseCode: 200 })
  }, patient)
  expect(await offer('P1', 56)).toMatchObject({ responseDescription: 'INVALID_QUANTITY' })
  // what was refused then is refused in a replay, whatever trust is now
  Object.assign(trust, { level: 0, Te: 1 })
  const before = (await scene.clientOf('operator').get('/ma/mkt-1/book')).body.toString()
  await scene.restart()
  expect((await scene.clientOf('operator').get('/ma/mkt-1/book')).body.toString()).toBe(before)
})

const patient = { timeout: 20_000, interval: 20 }

function subject(id: string, { level, Te }: Readonly<{ level: number; Te: number }>) {
  const shares = {
    a: 1,
    T: 1,
    b: 1,
    d: 0,
    u: 0,
    C: 1,
    T_identity: 1,
    T_format: 1,
    T_timing: 1,
    T_protocol: 1,
    T_physics: 1,
  }
  const vector = { r: 1, s: 0, ...shares, T_availability: 1, Te, n24: 0, level }
  return { id, role: 'DCM', provisional: false, held: false, levelSince: 0, lastAt: 0, vector }
}
