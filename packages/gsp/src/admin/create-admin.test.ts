import { createPki, issueAggregator } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { freshLfdi, operator, otherProvider, testAdmin } from '../testing/test-admin.ts'

it('lets in the operators that are named, and nobody else', async () => {
  const admin = await testAdmin({ admin: { operators: [operator.lfdi.toLowerCase()] } })
  expect(await admin.call('GET', '/info')).toMatchObject({ status: 200 })
  expect(await admin.as(otherProvider).get('/info')).toMatchObject({ status: 403 })
})

it('takes service providers for operators where none is named, but never an aggregator', async () => {
  const admin = await testAdmin()
  expect(await admin.as(otherProvider).get('/info')).toMatchObject({ status: 200 })
  await admin.call('POST', '/aggregators', { name: 'acme', certificates: [{ lfdi: otherProvider.lfdi }] })
  expect(await admin.as(otherProvider).get('/info')).toMatchObject({ status: 403 })
})

it('refuses devices and strangers', async () => {
  const admin = await testAdmin()
  expect(await admin.as(admin.device()).get('/info')).toMatchObject({ status: 403 })
  const stranger = { ...issueAggregator(createPki(), { name: 'stranger' }), anchors: operator.anchors }
  await expect(admin.as(stranger).get('/info')).rejects.toThrow()
})

it('accepts the bearer of the token where one is set', async () => {
  const token = 'a-token-of-some-length'
  const { client } = await testAdmin({ admin: { token } })
  const get = async (authorization: string) =>
    (await client.request({ method: 'GET', path: '/info', headers: { authorization } })).status
  expect(await get(`Bearer ${token}`)).toBe(200)
  expect(await get('Bearer something-else')).toBe(401)
  expect(await get('')).toBe(401)
})

it('describes every operation as OpenAPI 3.1 and as a page', async () => {
  const admin = await testAdmin()
  const { body } = await admin.call('GET', '/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  const operations = Object.values<object>(body.paths).flatMap((path) => Object.values(path))
  expect(operations.length).toBeGreaterThan(40)
  for (const operation of operations)
    expect(operation).toMatchObject({ summary: expect.any(String), tags: [expect.any(String)] })
  const page = await admin.call('GET', '/docs')
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.body).toContain('/controls/{mRID}/cancel')
  expect(page.body).not.toMatch(/src=|https?:\/\//)
})

it('says who it is and what it holds', async () => {
  const admin = await testAdmin()
  await admin.call('POST', '/devices', { lfdi: freshLfdi() })
  expect((await admin.call('GET', '/info')).body).toMatchObject({
    name: 'gsp',
    lfdi: expect.stringMatching(/^[0-9A-F]{40}$/),
    profile: 'csipaus-1.3',
    time: admin.clock.now(),
    counts: { devices: 1, controls: 0 },
  })
})

it('changes rates and in-band registration while it runs', async () => {
  const admin = await testAdmin()
  const change = { pollRate: { DERProgramList: 10 }, postRate: 30, inBandRegistration: false }
  const { body } = await admin.call('PATCH', '/settings', change)
  expect(body).toMatchObject({ pollRate: { DERProgramList: 10, DERList: 60 }, postRate: 30, inBandRegistration: false })
  expect((await admin.call('GET', '/settings')).body).toEqual(body)
})

it('keeps a set of certificates for each aggregator', async () => {
  const admin = await testAdmin()
  const [first, second] = [freshLfdi(), freshLfdi()]
  const made = await admin.call('POST', '/aggregators', { name: 'acme', pen: 12_345, certificates: [{ lfdi: first }] })
  expect(made).toMatchObject({ status: 201, body: { id: '1', certificates: [first], devices: 0 } })
  await admin.call('POST', '/aggregators/1/certificates', { lfdi: second })
  expect(await admin.call('DELETE', `/aggregators/1/certificates/${first}`)).toMatchObject({
    body: { certificates: [second] },
  })
  await admin.call('POST', '/devices', { lfdi: freshLfdi(), aggregator: '1' })
  expect((await admin.call('GET', '/devices?aggregator=1')).body.items).toMatchObject([{ aggregator: '1' }])
  expect(await admin.call('DELETE', '/aggregators/1')).toMatchObject({ status: 409 })
})
