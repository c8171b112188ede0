import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatScl } from './format-scl.ts'
import { readPlant } from './read-plant.ts'

const hour = { MaxPow: { values: [5000, 4800], minutes: 30 }, OnOff: { values: [true], minutes: 60 } }
const one = { ied: 'Edge', devices: [{ name: 'battery', reserve: hour }], schedules: 2, entries: 4 }
const good = formatScl({ ...one, address: '192.0.2.7' })

it('finds devices, schedules, what they hold and their reserve', () => {
  const { plant, findings } = readPlant(good)
  expect(findings).toEqual([
    { severity: 'warning', path: 'battery/ActPow_FSCC1', message: expect.stringContaining('no reserve') },
  ])
  expect(plant).toMatchObject({ ied: 'Edge', address: '192.0.2.7', devices: [{ name: 'battery' }] })
  const [, maxPow] = plant?.devices[0]?.controllers ?? []
  expect(maxPow).toMatchObject({ quantity: 'MaxPow', target: 'battery/MaxPow_GGIO1.AnOut1', scale: 1 })
  expect(maxPow?.schedules.map(({ ref, id }) => [ref, id])).toEqual([
    ['battery/MaxPow_FSCH01', '1'],
    ['battery/MaxPow_FSCH02', '2'],
    ['battery/MaxPow_Res_FSCH01', 'reserve'],
  ])
  expect(maxPow?.schedules[2]).toMatchObject({
    slot: { allocatedEntries: 4, valueType: 'number', startTimes: 16, calendars: 16, isReserve: true },
    initial: { numEntr: 2, values: [5000, 4800], intervalS: 1800, prio: 10, calendars: [{ occPer: 'Hour', mn: 0 }] },
  })
  // always: whatever beginning the file gives it
  expect(maxPow?.schedules[2]?.initial.calendars?.[0]).not.toHaveProperty('notBefore')
})

it('takes the unit of the target into account', () => {
  const { plant } = readPlant(formatScl({ ...one, multiplier: 3 }))
  const maxPow = plant?.devices[0]?.controllers[1]
  expect(maxPow).toMatchObject({ scale: 1000, schedules: [{}, {}, { initial: { values: [5000, 4800] } }] })
})

it('reads an .icd, which has no place in a network yet, and both forms of CtlEnt', () => {
  const icd = formatScl(one).replaceAll('.AnOut1</Val>', '.AnOut1.mxVal.f</Val>')
  const { plant, findings } = readPlant(icd)
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(plant?.address).toBeUndefined()
  expect(plant?.devices[0]?.controllers[1]?.target).toBe('battery/MaxPow_GGIO1.AnOut1.mxVal.f')
})

it('reads references by inst, @ for the IED itself, and prefixed elements', () => {
  const byInst = good.replaceAll(' ldName="battery"', '').replaceAll('<Val>battery/', '<Val>@battery/')
  expect(readPlant(byInst).plant?.devices[0]?.controllers[1]?.schedules[0]?.ref).toBe('Edgebattery/MaxPow_FSCH01')
  const prefixed = good.replaceAll(/<(\/?)(?=[A-Z])/g, '<$1s:').replace('xmlns=', 'xmlns:s=')
  expect(readPlant(prefixed).plant).toEqual(readPlant(good).plant)
})

it('reads a file of another hand: several IEDs, other padding, units, defaults of types, devices by inst', () => {
  const xml = readFileSync(new URL('testing/foreign.cid', import.meta.url), 'utf8')
  const { plant, findings } = readPlant(xml, { ied: 'GW' })
  expect(findings).toMatchObject([{ severity: 'warning', path: 'Plant1/SwFSCC1' }])
  expect(plant).toMatchObject({ address: '192.0.2.9', devices: [{ name: 'Plant1', inst: 'PV' }] })
  const [limit, onOff] = plant?.devices[0]?.controllers ?? []
  expect(limit).toMatchObject({ quantity: 'MaxPow', target: 'Plant1/DWMX1.WLimSpt.mxVal.f', scale: 1000 })
  expect(limit?.schedules.map(({ ref, id }) => [ref, id])).toEqual([
    ['Plant1/MaxPow_FSCH1', '1'],
    ['Plant1/MaxPow_FSCH2', '2'],
    ['Plant1/MaxPow_Res_FSCH1', 'reserve'],
    ['Plant1/MaxPow_FSCH10', '10'],
  ])
  expect(limit?.schedules[0]?.slot).toMatchObject({ allocatedEntries: 3, startTimes: 1, calendars: 0 })
  expect(limit?.schedules[2]?.initial).toMatchObject({ values: [5500, 4800], intervalS: 43_200, prio: 10 })
  expect(onOff).toMatchObject({
    quantity: 'OnOff',
    schedules: [{ isEventDriven: true, slot: { valueType: 'boolean' } }],
  })
})

it('ignores what it does not know, and Private', () => {
  const more = good.replace(
    '<Header',
    '<Private type="x"><y:z xmlns:y="urn:y"/></Private><Substation name="s"/><Header',
  )
  expect(readPlant(more).plant).toEqual(readPlant(good).plant)
})

it.each([
  ['a dangling reference', 'battery/MaxPow_FSCH02<', 'battery/MaxPow_FSCH09<', 'MaxPow_FSCC1.Schd02', 'dangling'],
  ['a doubled reference', 'battery/MaxPow_FSCH02<', 'battery/MaxPow_FSCH01<', 'MaxPow_FSCC1.Schd02', 'doubled'],
  ['a target that is not there', 'MaxPow_GGIO1.AnOut1', 'MaxPow_GGIO1.AnOut7', 'MaxPow_FSCC1.CtlEnt', 'AnOut7'],
  ['a reserve with a gap', '<Val>30</Val>', '<Val>20</Val>', 'MaxPow_Res_FSCH01.SchdIntv', 'gap: 2400 s'],
  ['a reserve that is not cyclic', /<SDI name="setCal">.*?<\/SDI>/, '', 'MaxPow_Res_FSCH01.StrTm01.setCal', 'cyclic'],
  ['a value that is no number', '<Val>4800</Val>', '<Val>many</Val>', 'MaxPow_Res_FSCH01.ValASG002', '"many"'],
  ['a missing value', /<DOI name="ValASG002">.*<\/DOI>/, '', 'MaxPow_Res_FSCH01.entry 2', 'missing'],
  ['a type that is not there', 'id="FSCH_Boolean"', 'id="FSCH_Else"', 'OnOff_FSCH01/lnType', 'FSCH_Boolean'],
  ['a unit that is no power', '<Val>W</Val>', '<Val>h</Val>', 'MaxPow_GGIO1.AnOut1.units.SIUnit', '62'],
  [
    'a week of the year',
    '<Val>Time</Val>',
    '<Val>WeekOfYear</Val>',
    'MaxPow_Res_FSCH01.StrTm01.setCal',
    'not followed',
  ],
])('names %s and where it is', (_, from, to, path, message) => {
  const findings = readPlant(good.replace(from, to)).findings.filter(({ severity }) => severity === 'error')
  expect(findings).toContainEqual({
    severity: 'error',
    path: `battery/${path}`,
    message: expect.stringContaining(message),
  })
})

it('takes the priority of a reserve schedule as 10, whatever the file says', () => {
  const { plant, findings } = readPlant(good.replace('<Val>10</Val>', '<Val>0</Val>'))
  expect(findings).toContainEqual({
    severity: 'warning',
    path: 'battery/MaxPow_Res_FSCH01.SchdPrio',
    message: expect.stringContaining('taken as 10'),
  })
  expect(plant?.devices[0]?.controllers[1]?.schedules[2]?.initial.prio).toBe(10)
})

it.each([
  ['what is no XML', '<SCL', 'well formed'],
  ['what is no SCL', '<other/>', 'not SCL'],
  ['another namespace', '<SCL xmlns="urn:other"/>', 'namespace'],
  ['a document type', `<!DOCTYPE SCL [<!ENTITY e "x">]>${good}`, 'document type'],
  ['more than it reads', `<SCL>${' '.repeat(21 * 1_048_576)}</SCL>`, 'bytes'],
  ['no IED', '<SCL xmlns="http://www.iec.ch/61850/2003/SCL"/>', 'no IED'],
])('refuses %s', (_, xml, message) => {
  const { plant, findings } = readPlant(xml)
  expect(plant).toBeUndefined()
  expect(findings).toMatchObject([{ severity: 'error', message: expect.stringContaining(message) }])
})

it('asks which IED is meant where there are several', () => {
  const two = good.replace('<DataTypeTemplates>', '<IED name="Other"/><DataTypeTemplates>')
  expect(readPlant(two).findings).toMatchObject([{ message: 'there are several, name one: Edge, Other' }])
  expect(readPlant(two, { ied: 'Edge' }).plant?.ied).toBe('Edge')
  expect(readPlant(two, { ied: 'None' }).findings).toMatchObject([{ message: expect.stringContaining('"None"') }])
})

it('lets the service file say what names do not', () => {
  const plain = good.replaceAll('MaxPow_', 'Q_')
  expect(readPlant(plain).findings).toContainEqual(
    expect.objectContaining({ severity: 'warning', path: 'battery/Q_FSCC1' }),
  )
  const { plant } = readPlant(plain, { quantities: { 'battery/Q_GGIO1.AnOut1': 'MaxPow' } })
  expect(plant?.devices[0]?.controllers[1]).toMatchObject({ ref: 'battery/Q_FSCC1', quantity: 'MaxPow' })
  const listed = readPlant(good.replaceAll('MaxPow_Res_', 'MaxPow_Base'), { reserve: ['battery/MaxPow_BaseFSCH01'] })
  expect(listed.plant?.devices[0]?.controllers[1]?.schedules[2]).toMatchObject({ id: 'reserve' })
})

it('reads back what it writes', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { minLength: 1, maxLength: 3 })
  const values = fc.array(fc.integer({ min: -9000, max: 9000 }), { minLength: 60, maxLength: 60 })
  fc.assert(
    fc.property(
      names,
      values,
      fc.integer({ min: 1, max: 10 }),
      fc.constantFrom(0, 3),
      (all, watts, count, multiplier) => {
        const devices = all.map((name) => ({ name, reserve: { ActPow: { values: watts, minutes: 1 } } }))
        const xml = formatScl({ ied: 'Edge', devices, schedules: count, entries: 60, multiplier: multiplier as 0 | 3 })
        const { plant, findings } = readPlant(xml)
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(plant?.devices.map(({ name }) => name)).toEqual(all)
        for (const { controllers } of plant?.devices ?? []) {
          expect(controllers.map(({ schedules }) => schedules.length)).toEqual([count + 1, count, count])
          const read = controllers[0]?.schedules.at(-1)?.initial.values ?? []
          for (const [index, value] of read.entries()) expect(value).toBeCloseTo(watts[index] ?? Number.NaN, 6)
        }
      },
    ),
    { numRuns: 10 },
  )
})

it('has nothing to complain about in the example, and says what it leaves to itself', () => {
  const xml = readFileSync(new URL('../../examples/battery-and-charger.cid', import.meta.url), 'utf8')
  const { plant, findings } = readPlant(xml)
  expect(findings).toMatchObject([{ severity: 'warning', path: 'charger/ActPow_FSCC1' }])
  expect(plant?.devices.map(({ name, controllers }) => [name, controllers.length])).toEqual([
    ['battery', 3],
    ['charger', 3],
  ])
})
