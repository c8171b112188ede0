import { describe, expect, it } from 'vitest'
import { freshLfdi, startOfTest, testAdmin, type TestAdmin } from '../testing/test-admin.ts'

describe('a control', () => {
  it('is published to a program by its description and followed to its end', async () => {
    const admin = await grid()
    const made = await admin.call('POST', '/controls', {
      program: 'feeder 7',
      controls: { opModMaxLimW: 50 },
      delay: 10,
      duration: 60,
      randomizeStart: 5,
    })
    expect(made).toMatchObject({
      status: 201,
      body: {
        status: 'scheduled',
        start: startOfTest + 10,
        controls: { opModMaxLimW: 50 },
        responseRequired: '03',
        program: { id: '1', primacy: 85 },
        summary: { devices: 1, responded: 0 },
      },
    })
    await admin.clock.advance(10)
    await expect.poll(() => statusOf(admin, made.body.mRID)).toBe('active')
    await admin.clock.advance(65)
    await expect.poll(() => statusOf(admin, made.body.mRID)).toBe('completed')
    expect((await admin.call('GET', `/controls/${made.body.mRID}`)).body.since).toBe(startOfTest + 75)
    expect((await admin.call('GET', '/controls?past=false')).body).toEqual({ all: 0, items: [] })
  })

  it('keeps every field in plain units', async () => {
    const admin = await grid()
    const curve = await admin.call('POST', '/programs/1/curves', voltVar)
    const controls = {
      opModConnect: true,
      opModFixedPFInjectW: { powerFactor: 0.95, absorbs: false },
      opModFixedVar: { percent: -12.5, of: 'setMaxVar' },
      opModFixedW: -40,
      opModFreqDroop: { dBOF: 0.036, dBUF: 0.036, kOF: 0.05, kUF: 0.05, openLoopTms: 5 },
      opModTargetW: 100_000,
      opModTargetVar: -2500.5,
      opModVoltVar: curve.body.mRID,
      opModExpLimW: 5000,
      opModStorageTargetW: -3000,
      rampTms: 2.5,
    }
    const made = await admin.call('POST', '/controls', { program: '1', controls, duration: 60 })
    expect(made.body.controls).toEqual(controls)
    const row = await admin.store.find('DERControl', made.body.mRID)
    expect(row?.body.DERControlBase).toMatchObject({
      opModFixedPFInjectW: { displacement: 950, excitation: false, multiplier: -3 },
      opModFixedW: -4000,
      opModTargetW: { multiplier: 1, value: 10_000 },
      opModVoltVar: { href: '/derp/1/dc/1' },
      rampTms: 250,
    })
  })

  it('is cancelled, and not a second time', async () => {
    const admin = await grid()
    const { body } = await admin.call('POST', '/controls', {
      group: 'feeder 7',
      controls: { opModMaxLimW: 0 },
      duration: 60,
    })
    const cancelled = await admin.call('POST', `/controls/${body.mRID}/cancel`, { reason: 'storm is over' })
    expect(cancelled).toMatchObject({
      status: 200,
      body: { status: 'cancelled', reason: 'storm is over', listed: true },
    })
    expect(await admin.call('POST', `/controls/${body.mRID}/cancel`, {})).toMatchObject({ status: 409 })
  })

  it('is superseded by a newer one of the same control', async () => {
    const admin = await grid()
    const first = await admin.call('POST', '/controls', { program: '1', controls: { opModMaxLimW: 50 }, duration: 600 })
    await admin.call('POST', '/controls', { program: '1', controls: { opModMaxLimW: 20 }, duration: 60 })
    expect(await statusOf(admin, first.body.mRID)).toBe('superseded')
  })

  it('reaches one device through a program that is made for it', async () => {
    const admin = await grid()
    const other = await admin.call('POST', '/devices', { lfdi: freshLfdi(), groups: ['feeder 7'] })
    const order = { device: other.body.lfdi, controls: { opModEnergize: false }, duration: 60 }
    const made = await admin.call('POST', '/controls', order)
    expect(made).toMatchObject({ status: 201, body: { summary: { devices: 1 }, program: { primacy: 70 } } })
    const again = await admin.call('POST', '/controls', { ...order, controls: { opModMaxLimW: 10 } })
    expect(again.body.program).toEqual(made.body.program)
    expect((await admin.call('GET', `/devices/${other.body.id}`)).body.groups).toHaveLength(2)
  })

  it('comes with what its devices have answered', async () => {
    const admin = await grid()
    const { body } = await admin.call('POST', '/controls', {
      program: '1',
      controls: { opModMaxLimW: 50 },
      duration: 60,
    })
    const lfdi = freshLfdi()
    for (const [status, createdDateTime] of [
      [1, startOfTest],
      [2, startOfTest + 1],
    ] as const) {
      const href = `/edev/1/rsps/1/rsp/${status}`
      const response = { createdDateTime, endDeviceLFDI: lfdi, status, subject: body.mRID }
      const key = `${body.mRID}/${lfdi}/${status}/${createdDateTime}`
      await admin.store.write([
        { create: { href, parent: '/edev/1/rsps/1/rsp', kind: 'Response', sort: '', key, body: response } },
      ])
    }
    expect((await admin.call('GET', `/controls/${body.mRID}`)).body).toMatchObject({
      summary: { devices: 1, responded: 1, counts: { received: 1, started: 1 } },
      responses: [{ lfdi, statuses: [{ name: 'received', time: startOfTest }, { name: 'started' }] }],
    })
  })
})

describe('a batch of controls', () => {
  it('is published in one write, in the order given', async () => {
    const admin = await grid()
    const controls = Array.from({ length: 24 }, (_, index) => ({
      program: '1',
      controls: { opModMaxLimW: index },
      start: startOfTest + 100 + 60 * index,
      duration: 60,
    }))
    const made = await admin.call('POST', '/controls/batch', { controls })
    expect(made.status).toBe(201)
    expect(made.body.items.map((item: { status: string }) => item.status)).toEqual(Array(24).fill('scheduled'))
    await admin.clock.advance(100 + 60 * 5)
    const active = async () => (await admin.call('GET', '/controls?status=active')).body.items
    await expect.poll(active).toMatchObject([{ controls: { opModMaxLimW: 5 } }])
  })

  it('changes nothing when some of them are wrong, and names each', async () => {
    const admin = await grid()
    const good = { program: '1', controls: { opModMaxLimW: 50 }, duration: 60 }
    const taken = await admin.call('POST', '/controls', { ...good, mRID: 'AA'.repeat(16) })
    const batch = [
      good,
      { ...good, program: 'nowhere' },
      { ...good, mRID: taken.body.mRID },
      { ...good, mRID: 'BB'.repeat(16) },
      { ...good, mRID: 'BB'.repeat(16) },
      { ...good, start: startOfTest - 100 },
    ]
    const refused = await admin.call('POST', '/controls/batch', { controls: batch })
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid' } } })
    expect(refused.body.error.issues.map(({ path }: { path: string }) => path)).toEqual([
      'controls.1.program',
      'controls.2.mRID',
      'controls.4.mRID',
      'controls.5.start',
    ])
    expect((await admin.call('GET', '/controls')).body.all).toBe(1)
    const again = await admin.call('POST', '/controls/batch', { controls: [{ ...good, mRID: taken.body.mRID }] })
    expect(again).toMatchObject({ status: 409, body: { error: { issues: [{ path: 'controls.0.mRID' }] } } })
  })

  it('is cancelled in one write, as far as it is live', async () => {
    const admin = await grid()
    const controls = [100, 200, 300].map((delay) => ({
      program: '1',
      controls: { opModMaxLimW: 50 },
      start: startOfTest + delay,
      duration: 60,
    }))
    const made = await admin.call('POST', '/controls/batch', { controls })
    const mRIDs = made.body.items.map(({ mRID }: { mRID: string }) => mRID)
    await admin.call('POST', `/controls/${mRIDs[0]}/cancel`, {})
    const asked = [...mRIDs, 'CC'.repeat(16)].map((mRID) => ({ mRID, reason: 'not needed' }))
    const { status, body } = await admin.call('POST', '/controls/batch/cancel', { controls: asked })
    expect({ status, cancelled: body.cancelled }).toEqual({ status: 200, cancelled: mRIDs.slice(1) })
    expect((await admin.call('GET', `/controls/${mRIDs[2]}`)).body).toMatchObject({
      status: 'cancelled',
      reason: 'not needed',
    })
  })
})

const voltVar = {
  curveType: 'opModVoltVar',
  points: [
    { x: 92, y: 44 },
    { x: 98.5, y: 0 },
  ],
  vRef: 100,
}

const statusOf = async (admin: TestAdmin, mRID: string): Promise<string> =>
  (await admin.call('GET', `/controls/${mRID}`)).body.status

/** One feeder with a program and a device. */
async function grid(): Promise<TestAdmin> {
  const admin = await testAdmin()
  await admin.call('POST', '/groups', { name: 'feeder 7', level: 'feeder' })
  await admin.call('POST', '/programs', { description: 'feeder 7', group: 'feeder 7' })
  await admin.call('POST', '/devices', { lfdi: freshLfdi(), pin: 111_115, groups: ['feeder 7'] })
  return admin
}
