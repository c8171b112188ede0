import { createPki, issueDevice } from '@gridloom/kit'
import { sfdiOf } from '@gridloom/sep2030'
import { describe, expect, it } from 'vitest'
import { newRow } from '../store/new-row.ts'
import { freshLfdi, startOfTest, testAdmin, type TestAdmin } from '../testing/test-admin.ts'

describe('a device', () => {
  it('is registered out of band by its LFDI', async () => {
    const admin = await testAdmin()
    const lfdi = freshLfdi()
    const order = {
      lfdi: lfdi.toLowerCase(),
      pin: 111_115,
      deviceCategory: '200000',
      postRate: 30,
      connectionPointId: 'NMI-1',
    }
    const made = await admin.call('POST', '/devices', order)
    expect(made).toMatchObject({ status: 201, headers: { location: '/devices/1' } })
    expect(made.body).toMatchObject({
      lfdi,
      sfdi: sfdiOf(lfdi),
      pin: 111_115,
      registered: startOfTest,
      deviceCategory: '200000',
      postRate: 30,
      connectionPointId: 'NMI-1',
      enabled: true,
      ders: [{ id: '1' }],
    })
    expect((await admin.call('GET', `/devices/${lfdi}`)).body).toEqual(made.body)
  })

  it('is registered by its certificate', async () => {
    const admin = await testAdmin()
    const { certificate, lfdi } = issueDevice(createPki(), { serial: '1' })
    const made = await admin.call('POST', '/devices', { certificate: certificate.toString() })
    expect(made.body).toMatchObject({ lfdi })
    expect(made.body.pin).toBeUndefined()
  })

  it('is changed, and only in what is said', async () => {
    const admin = await testAdmin()
    await admin.call('POST', '/devices', { lfdi: freshLfdi(), pin: 111_115, postRate: 30 })
    const change = { enabled: false, pin: 123_455, registrationPollRate: 60, serial: 'PV-1' }
    expect(await admin.call('PATCH', '/devices/1', change)).toMatchObject({
      status: 200,
      body: { ...change, postRate: 30, registered: startOfTest },
    })
  })

  it('shows what it reported under the names of the wire', async () => {
    const admin = await testAdmin()
    await admin.call('POST', '/devices', { lfdi: freshLfdi() })
    const status = { readingTime: startOfTest, genConnectStatus: { dateTime: startOfTest, value: '07' } }
    await admin.store.write([
      { put: newRow('DERStatus', { href: '/edev/1/der/1/ders', parent: '/edev/1/der/1' }, status) },
    ])
    expect((await admin.call('GET', '/devices/1')).body.ders).toEqual([{ id: '1', status }])
  })

  it('leaves with all that it sent', async () => {
    const admin = await testAdmin()
    await admin.call('POST', '/devices', { lfdi: freshLfdi(), pin: 111_115 })
    expect(await admin.call('DELETE', '/devices/1')).toMatchObject({ status: 204 })
    expect(await admin.call('GET', '/devices/1')).toMatchObject({ status: 404 })
    expect((await admin.store.page({ kind: 'Registration' })).all).toBe(0)
  })

  it('moves from one group to another', async () => {
    const admin = await testAdmin()
    await twoGroups(admin)
    await admin.call('POST', '/devices', { lfdi: freshLfdi(), groups: ['north'] })
    const moved = await admin.call('PUT', '/devices/1/groups', { groups: ['south'] })
    expect(moved.body.groups).toMatchObject([{ name: 'south' }])
    expect((await admin.call('GET', '/groups')).body.items).toMatchObject([{ devices: 1 }, { devices: 0 }])
    expect((await admin.call('GET', '/devices?group=south')).body).toMatchObject({ all: 1 })
    expect((await admin.call('GET', '/devices?group=north')).body).toMatchObject({ all: 0, items: [] })
  })

  it('may be a member of fifteen groups, and of no more', async () => {
    const admin = await testAdmin()
    await admin.call('POST', '/devices', { lfdi: freshLfdi() })
    const put = async (number: number) => {
      await admin.call('POST', '/groups', { name: `group ${number}` })
      return (await admin.call('PUT', `/groups/group ${number}/devices/1`.replaceAll(' ', '%20'))).status
    }
    for (let number = 1; number <= 15; number++) expect(await put(number)).toBe(204)
    expect(await put(16)).toBe(409)
    expect(await admin.call('DELETE', '/groups/3/devices/1')).toMatchObject({ status: 204 })
    expect((await admin.call('GET', '/devices/1')).body.groups).toHaveLength(14)
  })
})

describe('the history of a device', () => {
  it('holds its usage points with the newest reading, and the readings before it', async () => {
    const admin = await testAdmin()
    const lfdi = freshLfdi()
    await admin.call('POST', '/devices', { lfdi })
    await admin.store.write(mirrored(lfdi))
    const { body } = await admin.call('GET', '/devices/1/usage-points')
    expect(body.items).toMatchObject([
      { roleFlags: '0049', series: [{ unit: 'W', latest: { time: startOfTest + 60, value: 2500, duration: 60 } }] },
    ])
    const history = await admin.call('GET', '/devices/1/usage-points/1/series/1')
    expect(history.body.items.map((reading: { value: number }) => reading.value)).toEqual([2500, 1200])
    const later = await admin.call('GET', `/devices/1/usage-points/1/series/1?after=${startOfTest}`)
    expect(later.body.items).toHaveLength(1)
  })

  it('forgets its usage points when the operator removes one or all', async () => {
    const admin = await testAdmin()
    const lfdi = freshLfdi()
    await admin.call('POST', '/devices', { lfdi })
    await admin.store.write(mirrored(lfdi))
    expect(await admin.call('DELETE', '/devices/1/usage-points/2')).toMatchObject({ status: 404 })
    expect(await admin.call('DELETE', '/devices/1/usage-points/1')).toMatchObject({ status: 204 })
    expect((await admin.call('GET', '/devices/1/usage-points')).body).toEqual({ all: 0, items: [] })
    await admin.store.write(mirrored(lfdi))
    expect(await admin.call('DELETE', '/devices/1/usage-points')).toMatchObject({ status: 204 })
    expect((await admin.call('GET', '/devices/1/usage-points')).body).toEqual({ all: 0, items: [] })
  })

  it('holds its log events and responses', async () => {
    const admin = await testAdmin()
    const lfdi = freshLfdi()
    await admin.call('POST', '/devices', { lfdi })
    const logged = {
      createdDateTime: startOfTest,
      functionSet: 11,
      logEventCode: 2,
      logEventID: 1,
      logEventPEN: 40_732,
      profileID: 2,
    }
    const response = { createdDateTime: startOfTest, endDeviceLFDI: lfdi, status: 2, subject: 'A'.repeat(32) }
    await admin.store.write([
      { create: newRow('LogEvent', { href: '/edev/1/lel/1', parent: '/edev/1/lel' }, logged) },
      { create: newRow('Response', { href: '/edev/1/rsps/1/rsp/1', parent: '/edev/1/rsps/1/rsp' }, response) },
    ])
    expect((await admin.call('GET', '/devices/1/log-events')).body.items).toMatchObject([{ code: 2, functionSet: 11 }])
    expect((await admin.call('GET', '/devices/1/responses')).body.items).toMatchObject([{ lfdi, name: 'started' }])
  })
})

async function twoGroups(admin: TestAdmin): Promise<void> {
  await admin.call('POST', '/groups', { name: 'south', mRID: '2'.repeat(32) })
  await admin.call('POST', '/groups', { name: 'north', mRID: '1'.repeat(32) })
}

/** A usage point with one series of power in two intervals. */
function mirrored(lfdi: string) {
  const series = '/upt/1/mr/1'
  const ReadingType = { uom: 38, powerOfTenMultiplier: 2 }
  const usagePoint = { mRID: 'AA', deviceLFDI: lfdi, roleFlags: '0049', serviceCategoryKind: 0, status: 1 }
  const sets = [
    [startOfTest, 12],
    [startOfTest + 60, 25],
  ] as const
  return [
    { create: newRow('MirrorUsagePoint', { href: '/mup/1', parent: '/mup', scope: lfdi }, usagePoint) },
    { create: newRow('MirrorMeterReading', { href: series, parent: '/upt/1/mr' }, { mRID: 'BB', ReadingType }) },
    ...sets.flatMap(([start, value]) => {
      const timePeriod = { start, duration: 60 }
      const set = { href: `${series}/rs/${start}-60`, parent: `${series}/rs` }
      const reading = { href: `${set.href}/r/1`, parent: `${set.href}/r` }
      return [
        { create: newRow('ReadingSet', set, { mRID: String(start), timePeriod }) },
        { create: newRow('Reading', reading, { timePeriod, value }) },
      ]
    }),
  ]
}
