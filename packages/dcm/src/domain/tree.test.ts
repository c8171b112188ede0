import type { EndDeviceList } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { copyOf, grown, seedling, type Branch, type Tree } from './tree.ts'

it('begins with DeviceCapability alone', () => {
  expect([...grown(seedling('/dcap'), self).keys()]).toEqual(['/dcap'])
})

it('follows the links of each copy, parents before children', () => {
  const tree = grown(read(seedling('/dcap'), '/dcap', capability), self)
  expect([...tree.values()].map(({ kind, href }) => `${kind} ${href}`)).toEqual([
    'DeviceCapability /dcap',
    'Time /tm',
    'EndDeviceList /edev',
  ])
})

it('hands the nearest poll rate down', () => {
  const tree = grown(read(seedling('/dcap'), '/dcap', { ...capability, pollRate: 300 }), self)
  expect(tree.get('/tm')?.inherited).toBe(300)
})

it('follows nothing of the devices of others', () => {
  const others = { all: 1, results: 1, EndDevice: [{ ...device, lFDI: 'FF' }] }
  const tree = read(read(seedling('/dcap'), '/dcap', capability), '/edev', others)
  expect(grown(tree, self).has('/edev/1/fsa')).toBe(false)
})

it('drops what is no longer linked, with all below it', () => {
  const full = read(read(seedling('/dcap'), '/dcap', capability), '/edev', { all: 1, results: 1, EndDevice: [device] })
  const deep = read(full, '/edev/1/fsa', { all: 1, results: 1, FunctionSetAssignments: [assignments] })
  expect(deep.has('/derp')).toBe(true)
  const without = read(deep, '/edev/1/fsa', { all: 0, results: 0 })
  expect(without.has('/derp')).toBe(false)
})

it('keeps the copy and the due time of what is still linked', () => {
  const once = read(seedling('/dcap'), '/dcap', capability)
  const timed = read(once, '/tm', { currentTime: 7 })
  const again = read(timed, '/dcap', capability)
  expect(copyOf(again, 'Time', '/tm')).toEqual({ currentTime: 7 })
})

it('takes the active controls only where there is no full list', () => {
  const active = { href: '/actderc', all: 0 }
  const [listed, only] = [
    { DERControlListLink: { href: '/derc' }, ActiveDERControlListLink: active },
    { ActiveDERControlListLink: active },
  ]
  expect([listed, only].map((program) => [...programTree(program).keys()].at(-1))).toEqual(['/derc', '/actderc'])
})

const capability = { TimeLink: { href: '/tm' }, EndDeviceListLink: { href: '/edev' } }
const device = { lFDI: 'AA', sFDI: 1, changedTime: 0, FunctionSetAssignmentsListLink: { href: '/edev/1/fsa' } }
const assignments = { mRID: '01', DERProgramListLink: { href: '/derp' } }

function self({ EndDevice = [] }: EndDeviceList) {
  return EndDevice.find(({ lFDI }) => lFDI === 'AA')
}

/** The tree after a resource was read. */
function read(tree: Tree, href: string, value: object): Tree {
  const branch = { ...tree.get(href), value } as Branch
  return grown(new Map(tree).set(href, branch), self)
}

function programTree(program: object): Tree {
  const devices = read(read(seedling('/dcap'), '/dcap', capability), '/edev', {
    all: 1,
    results: 1,
    EndDevice: [device],
  })
  const assigned = read(devices, '/edev/1/fsa', { all: 1, results: 1, FunctionSetAssignments: [assignments] })
  return read(assigned, '/derp', { all: 1, results: 1, DERProgram: [{ mRID: '02', primacy: 1, ...program }] })
}
