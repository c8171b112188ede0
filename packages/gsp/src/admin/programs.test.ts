import { describe, expect, it } from 'vitest'
import { freshLfdi, testAdmin, type TestAdmin } from '../testing/test-admin.ts'

describe('a group', () => {
  it('has a level and a place below another', async () => {
    const admin = await testAdmin()
    await admin.call('POST', '/groups', { name: 'system' })
    const made = await admin.call('POST', '/groups', { name: 'feeder 7', level: 'feeder', parent: 'system' })
    expect(made.body).toMatchObject({ id: '2', level: 'feeder', parent: '1', devices: 0, programs: [] })
    const renamed = await admin.call('PATCH', '/groups/2', { name: 'feeder 8', parent: null })
    expect(renamed.body).toMatchObject({ name: 'feeder 8' })
    expect(renamed.body.parent).toBeUndefined()
    expect(await admin.call('DELETE', '/groups/2')).toMatchObject({ status: 204 })
  })

  it('tells its new name to its members', async () => {
    const admin = await feeder()
    await admin.call('POST', '/devices', { lfdi: freshLfdi(), groups: ['feeder'] })
    await admin.call('PATCH', '/groups/1', { name: 'line 3' })
    const { rows } = await admin.store.page({ kind: 'FunctionSetAssignments', parent: '/edev/1/fsa' })
    expect(rows).toMatchObject([{ body: { description: 'line 3', version: 1 } }])
  })
})

describe('a program', () => {
  it('is stronger the nearer its group is to the service point', async () => {
    const admin = await testAdmin()
    for (const level of ['system', 'transformer']) {
      await admin.call('POST', '/groups', { name: level, level })
      await admin.call('POST', '/programs', { description: level, group: level })
    }
    const { items } = (await admin.call('GET', '/programs')).body
    expect(items).toMatchObject([
      { description: 'system', primacy: 100 },
      { description: 'transformer', primacy: 75 },
    ])
  })

  it('is changed and moved, and its version rises', async () => {
    const admin = await feeder()
    await admin.call('POST', '/groups', { name: 'other' })
    const changed = await admin.call('PATCH', '/programs/feeder', { primacy: 5, group: 'other' })
    expect(changed.body).toMatchObject({ id: '1', primacy: 5, group: '2', version: 1 })
    expect((await admin.call('GET', '/programs?group=feeder')).body.all).toBe(0)
  })

  it('gets a number that no other ever had', async () => {
    const admin = await feeder()
    expect(await admin.call('DELETE', '/programs/1')).toMatchObject({ status: 204 })
    const made = await admin.call('POST', '/programs', { description: 'again', group: 'feeder' })
    expect(made.body.id).toBe('2')
  })
})

describe('a default control', () => {
  it('keeps every setting in plain units, and its mRID while its version rises', async () => {
    const admin = await feeder()
    const order = {
      controls: { opModMaxLimW: 80, opModExpLimW: 1500 },
      setGradW: 0.28,
      setSoftGradW: 0.5,
      setESDelay: 300,
      setESHighFreq: 50.2,
      setESLowVolt: -12.5,
    }
    const first = await admin.call('PUT', '/programs/1/default-control', order)
    expect(first).toMatchObject({ status: 200, body: { ...order, version: 0 } })
    const second = await admin.call('PUT', '/programs/1/default-control', { setGradW: 1 })
    expect(second.body).toEqual({ mRID: first.body.mRID, version: 1, controls: {}, setGradW: 1 })
    expect(await admin.store.get('DefaultDERControl', '/derp/1/dderc')).toMatchObject({ body: { setGradW: 100 } })
    expect(await admin.call('DELETE', '/programs/1/default-control')).toMatchObject({ status: 204 })
    expect(await admin.call('GET', '/programs/1/default-control')).toMatchObject({ status: 404 })
  })
})

describe('a curve', () => {
  it('keeps its points exactly', async () => {
    const admin = await feeder()
    const order = {
      curveType: 'opModVoltVar',
      points: [
        { x: 92, y: 44 },
        { x: 98.25, y: 0 },
        { x: 102, y: 0 },
        { x: 107.5, y: -44 },
      ],
      vRef: 100,
      autonomousVRefEnable: true,
      autonomousVRefTimeConstant: 300,
      openLoopTms: 5,
      description: 'cat B',
    }
    const made = await admin.call('POST', '/programs/1/curves', order)
    expect(made).toMatchObject({ status: 201, body: { ...order, yRefType: 2 } })
    const row = await admin.store.find('DERCurve', made.body.mRID)
    expect(row?.body).toMatchObject({ xMultiplier: -2, yMultiplier: 0, vRef: 10_000, openLoopTms: 500, curveType: 11 })
    expect((await admin.call('GET', '/programs/1/curves')).body).toEqual({ all: 1, items: [made.body] })
  })

  it('stays as long as a control uses it', async () => {
    const admin = await feeder()
    const { body } = await admin.call('POST', '/programs/1/curves', {
      curveType: 'opModVoltWatt',
      points: [{ x: 106, y: 100 }],
    })
    await admin.call('PUT', '/programs/1/default-control', { controls: { opModVoltWatt: body.mRID } })
    expect(await admin.call('DELETE', `/programs/1/curves/${body.mRID}`)).toMatchObject({ status: 409 })
    await admin.call('DELETE', '/programs/1/default-control')
    expect(await admin.call('DELETE', `/programs/1/curves/${body.mRID}`)).toMatchObject({ status: 204 })
  })
})

async function feeder(): Promise<TestAdmin> {
  const admin = await testAdmin()
  await admin.call('POST', '/groups', { name: 'feeder', level: 'feeder' })
  await admin.call('POST', '/programs', { description: 'feeder', group: 'feeder' })
  return admin
}
