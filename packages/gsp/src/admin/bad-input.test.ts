import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshLfdi, testAdmin, type TestAdmin } from '../testing/test-admin.ts'

const control = { program: '1', controls: { opModMaxLimW: 50 }, duration: 60 }
const curve = { curveType: 'opModVoltVar', points: [{ x: 92, y: 44 }] }
const mRID = '0'.repeat(32)

/** What is asked, the status it gets, and the field that is named. */
type Case = readonly [what: string, method: string, path: string, body: unknown, status: number, path?: string]

const cases: readonly Case[] = [
  ['a body that is not JSON at all', 'POST', '/controls', undefined, 400],
  ['a control without a target', 'POST', '/controls', { ...control, program: undefined }, 400, 'program'],
  ['a control with two targets', 'POST', '/controls', { ...control, group: 'feeder' }, 400, 'program'],
  ['a control of an unknown program', 'POST', '/controls', { ...control, program: '99' }, 400, 'program'],
  [
    'a control of an unknown group',
    'POST',
    '/controls',
    { ...control, program: undefined, group: 'nowhere' },
    400,
    'group',
  ],
  [
    'a control of an unknown device',
    'POST',
    '/controls',
    { ...control, program: undefined, device: freshLfdi() },
    400,
    'device',
  ],
  ['no control field', 'POST', '/controls', { ...control, controls: {} }, 400, 'controls'],
  ['an unknown control field', 'POST', '/controls', { ...control, controls: { opModMagic: 1 } }, 400, 'controls'],
  [
    'more than 100 %',
    'POST',
    '/controls',
    { ...control, controls: { opModMaxLimW: 101 } },
    400,
    'controls.opModMaxLimW',
  ],
  [
    'less than -100 %',
    'POST',
    '/controls',
    { ...control, controls: { opModFixedW: -101 } },
    400,
    'controls.opModFixedW',
  ],
  [
    'a limit below zero',
    'POST',
    '/controls',
    { ...control, controls: { opModExpLimW: -1 } },
    400,
    'controls.opModExpLimW',
  ],
  [
    'a text for a number',
    'POST',
    '/controls',
    { ...control, controls: { opModTargetW: '5kW' } },
    400,
    'controls.opModTargetW',
  ],
  [
    'a number for a boolean',
    'POST',
    '/controls',
    { ...control, controls: { opModConnect: 1 } },
    400,
    'controls.opModConnect',
  ],
  [
    'a power factor of zero',
    'POST',
    '/controls',
    { ...control, controls: { opModFixedPFInjectW: { powerFactor: 0 } } },
    400,
    'controls.opModFixedPFInjectW.powerFactor',
  ],
  [
    'a power that fits no power of ten',
    'POST',
    '/controls',
    { ...control, controls: { opModTargetW: 1e300 } },
    400,
    'controls.opModTargetW',
  ],
  [
    'a ramp beyond UInt16',
    'POST',
    '/controls',
    { ...control, controls: { ...control.controls, rampTms: 656 } },
    400,
    'controls.rampTms',
  ],
  [
    'a curve the program does not have',
    'POST',
    '/controls',
    { ...control, controls: { opModVoltVar: mRID } },
    400,
    'controls.opModVoltVar',
  ],
  [
    'a control field of another profile',
    'POST',
    '/controls',
    { ...control, controls: { opModStorageTargetW: 1 } },
    400,
    'controls.opModStorageTargetW',
  ],
  ['no duration', 'POST', '/controls', { ...control, duration: undefined }, 400, 'duration'],
  ['a duration of zero', 'POST', '/controls', { ...control, duration: 0 }, 400, 'duration'],
  ['a duration beyond UInt32', 'POST', '/controls', { ...control, duration: 2 ** 32 }, 400, 'duration'],
  ['randomization beyond an hour', 'POST', '/controls', { ...control, randomizeStart: 3601 }, 400, 'randomizeStart'],
  [
    'randomization that uses up the duration',
    'POST',
    '/controls',
    { ...control, randomizeDuration: -60 },
    400,
    'randomizeDuration',
  ],
  ['a delay beside a fixed start', 'POST', '/controls', { ...control, start: 2_000_000_000, delay: 5 }, 400, 'delay'],
  ['a control that is over already', 'POST', '/controls', { ...control, start: 1000 }, 400, 'start'],
  [
    'a category that is not hexadecimal',
    'POST',
    '/controls',
    { ...control, deviceCategory: 'pv' },
    400,
    'deviceCategory',
  ],
  [
    'a description beyond 32 characters',
    'POST',
    '/controls',
    { ...control, description: 'x'.repeat(33) },
    400,
    'description',
  ],
  ['an unknown key', 'POST', '/controls', { ...control, when: 'soon' }, 400],
  ['an mRID that is taken', 'POST', '/controls', { ...control, mRID: 'B'.repeat(32) }, 409],
  ['a batch of none', 'POST', '/controls/batch', { controls: [] }, 400, 'controls'],
  ['an unknown control', 'GET', `/controls/${mRID}`, undefined, 404],
  ['a cancel of an unknown control', 'POST', `/controls/${mRID}/cancel`, {}, 404],
  ['an unknown status', 'GET', '/controls?status=asleep', undefined, 400, 'status'],
  ['a page of too many', 'GET', '/controls?limit=1001', undefined, 400, 'limit'],
  ['a page from before the start', 'GET', '/devices?start=-1', undefined, 400, 'start'],
  ['a device without identity', 'POST', '/devices', {}, 400, 'lfdi'],
  ['an LFDI that is not hexadecimal', 'POST', '/devices', { lfdi: 'X'.repeat(40) }, 400, 'lfdi'],
  ['a certificate that is none', 'POST', '/devices', { certificate: 'hello' }, 400, 'certificate'],
  ['an SFDI of another LFDI', 'POST', '/devices', { lfdi: freshLfdi(), sfdi: 167_261_211_391 }, 400, 'sfdi'],
  ['a PIN with a wrong check digit', 'POST', '/devices', { lfdi: freshLfdi(), pin: 111_114 }, 400, 'pin'],
  ['a PIN of seven digits', 'POST', '/devices', { lfdi: freshLfdi(), pin: 1_111_115 }, 400, 'pin'],
  [
    'a device under an unknown aggregator',
    'POST',
    '/devices',
    { lfdi: freshLfdi(), aggregator: '9' },
    400,
    'aggregator',
  ],
  ['a device in an unknown group', 'POST', '/devices', { lfdi: freshLfdi(), groups: ['nowhere'] }, 400, 'groups'],
  ['a device that is there', 'POST', '/devices', { lfdi: 'C'.repeat(40) }, 409],
  ['an unknown device', 'GET', '/devices/77', undefined, 404],
  ['a poll rate for a device without PIN', 'PATCH', '/devices/1', { registrationPollRate: 60 }, 409],
  ['sixteen groups', 'PUT', '/devices/1/groups', { groups: Array(16).fill('1') }, 400, 'groups'],
  [
    'an aggregator without certificates',
    'POST',
    '/aggregators',
    { name: 'acme', certificates: [] },
    400,
    'certificates',
  ],
  [
    'a certificate named twice over',
    'POST',
    '/aggregators',
    { name: 'acme', certificates: [{ lfdi: freshLfdi(), certificate: 'x' }] },
    400,
    'certificates.0.lfdi',
  ],
  [
    'a certificate of a device',
    'POST',
    '/aggregators',
    { name: 'acme', certificates: [{ lfdi: 'C'.repeat(40) }] },
    409,
  ],
  ['an unknown level', 'POST', '/groups', { name: 'x', level: 'street' }, 400, 'level'],
  ['a group below an unknown one', 'POST', '/groups', { name: 'x', parent: 'nowhere' }, 400, 'parent'],
  ['a group above itself', 'PATCH', '/groups/1', { parent: '1' }, 409, 'parent'],
  ['a group that still has programs', 'DELETE', '/groups/1', undefined, 409],
  ['a member that is none', 'DELETE', '/groups/1/devices/1', undefined, 404],
  ['a primacy of 256', 'POST', '/programs', { description: 'x', group: '1', primacy: 256 }, 400, 'primacy'],
  ['a program of an unknown group', 'POST', '/programs', { description: 'x', group: '9' }, 400, 'group'],
  ['an unknown program', 'GET', '/programs/9', undefined, 404],
  [
    'eleven points',
    'POST',
    '/programs/1/curves',
    { ...curve, points: Array.from({ length: 11 }, () => ({ x: 1, y: 1 })) },
    400,
    'points',
  ],
  [
    'an excitation where none belongs',
    'POST',
    '/programs/1/curves',
    { ...curve, points: [{ x: 1, y: 1, excitation: true }] },
    400,
    'points',
  ],
  [
    'a reference voltage for volt-watt',
    'POST',
    '/programs/1/curves',
    { ...curve, curveType: 'opModVoltWatt', vRef: 100 },
    400,
    'vRef',
  ],
  ['an unknown curve type', 'POST', '/programs/1/curves', { ...curve, curveType: 'opModMagic' }, 400, 'curveType'],
  ['a default control that was never set', 'GET', '/programs/1/default-control', undefined, 404],
  ['a ramp rate below zero', 'PUT', '/programs/1/default-control', { setGradW: -1 }, 400, 'setGradW'],
  [
    'a default of another profile',
    'PUT',
    '/programs/1/default-control',
    { controls: { opModStorageTargetW: 1 } },
    400,
    'controls.opModStorageTargetW',
  ],
  [
    'capacity steps out of order',
    'PUT',
    '/groups/1/capacity',
    {
      steps: [
        { start: 2, watts: 1 },
        { start: 1, watts: 1 },
      ],
    },
    400,
    'steps',
  ],
  ['capacity below zero', 'PUT', '/groups/1/capacity', { steps: [{ start: 0, watts: -1 }] }, 400, 'steps.0.watts'],
  ['a poll rate of zero', 'PATCH', '/settings', { pollRate: { DERProgramList: 0 } }, 400, 'pollRate.DERProgramList'],
  ['a poll rate of something unknown', 'PATCH', '/settings', { pollRate: { Everything: 60 } }, 400, 'pollRate'],
  ['a path that is not there', 'GET', '/nothing', undefined, 404],
  ['a method that a path does not have', 'DELETE', '/settings', undefined, 405],
]

describe('an operator who asks for', () => {
  const ends: (() => PromiseLike<void>)[] = []
  let admin: TestAdmin
  let before: unknown

  beforeAll(async () => {
    admin = await testAdmin({ profile: 'csipaus-1.2' }, (end) => void ends.push(end))
    await admin.call('POST', '/groups', { name: 'feeder' })
    await admin.call('POST', '/programs', { description: 'feeder', group: 'feeder' })
    await admin.call('POST', '/devices', { lfdi: 'C'.repeat(40) })
    await admin.call('POST', '/controls', { ...control, mRID: 'B'.repeat(32) })
    before = await everything(admin)
  })

  afterAll(async () => {
    for (const end of ends.toReversed()) await end()
  })

  for (const [what, method, path, body, status, field] of cases) {
    it(`${what} is told what is wrong, and nothing changes`, async () => {
      const answer = await admin.call(method, path, body)
      expect(answer).toMatchObject({
        status,
        body: { error: { message: expect.any(String), issues: expect.any(Array) } },
      })
      const named = answer.body.error.issues.map((issue: { path: string }) => issue.path)
      if (field !== undefined) expect(named).toContain(field)
      expect(await everything(admin)).toEqual(before)
    })
  }

  it('a request that names JSON and sends none is taken where nothing has to be said', async () => {
    const headers = { 'content-type': 'application/json' }
    const { status } = await admin.client.request({ method: 'DELETE', path: '/groups/999', headers, body: '' })
    expect(status).toBe(404)
  })

  it('a body of another media type is told so', async () => {
    const headers = { 'content-type': 'application/sep+xml' }
    const { status } = await admin.client.request({ method: 'POST', path: '/controls', headers, body: '<DERControl/>' })
    expect(status).toBe(415)
  })
})

async function everything(admin: TestAdmin): Promise<unknown> {
  const lists = ['/devices', '/aggregators', '/groups', '/programs', '/controls', '/programs/1/curves', '/settings']
  return Promise.all(lists.map(async (path) => (await admin.call('GET', path)).body))
}
