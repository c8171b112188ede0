import type { DERControl } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { owedBy } from './owed.ts'
import { controlInputs } from './schedule-inputs.ts'
import { createSchedule } from './scheduling/schedule.ts'
import type { ServerTime } from './server-time.ts'
import { grown, seedling, type Branch, type Tree } from './tree.ts'
import { viewOf, type View } from './view.ts'

it('sees what is assigned, once though two assignments list it', () => {
  const view = viewWith({ '/tm': at(0) })
  expect(view.assigned.map(({ program }) => program.mRID)).toEqual(['0A'])
  expect(view).toMatchObject({ listed: true, self: { lFDI: 'AA' }, time: { offset: 0 } })
})

it('takes two clocks that agree to the second for one', () => {
  expect(viewWith({ '/tm': at(60), '/tm2': at(61) }).assigned[0]?.ahead).toBe(0)
})

it('counts events below an own clock by the clock of the server, and answers by theirs', () => {
  const view = viewWith({ '/tm': at(60), '/tm2': at(360.4) })
  expect(view.assigned[0]?.ahead).toBe(300)
  const inputs = controlInputs('S', view)
  expect(inputs.at(-1)).toMatchObject({
    type: 'see',
    copy: { start: 700, creationTime: 600, status: { dateTime: 600 } },
  })
  const response = { type: 'respond', at: 700, event: 'S/E1', subject: 'E1', status: 2, replyTo: '/rsp' } as const
  const schedule = createSchedule({ kind: 'DERControl', device: { lfdi: 'AA' } })
  expect(owedBy(schedule, [response], view.assigned)).toMatchObject([{ at: 1000, status: 2, subject: 'E1' }])
})

it('names the programs before their events, with the fields of their default but not its ramp', () => {
  const [programs, event] = controlInputs('S', viewWith({}))
  expect(programs).toMatchObject({ programs: [{ primacy: 5, default: { opModMaxLimW: 9000 } }] })
  expect(event).toMatchObject({ copy: { controls: { opModMaxLimW: 5000 }, replyTo: '/rsp', responseRequired: '03' } })
  expect(JSON.stringify([programs, event])).not.toContain('rampTms')
})

const at = (offset: number): ServerTime => ({ offset, quality: 7 })

const self = () => device
const device = { lFDI: 'AA', sFDI: 1, changedTime: 0, FunctionSetAssignmentsListLink: { href: '/fsa' } }
const event: DERControl = {
  mRID: 'E1',
  replyTo: '/rsp',
  responseRequired: '03',
  creationTime: 900,
  EventStatus: { currentStatus: 0, dateTime: 900, potentiallySuperseded: false },
  interval: { start: 1000, duration: 60 },
  DERControlBase: { opModMaxLimW: 5000, rampTms: 100 },
}

function viewWith(times: Readonly<Record<string, ServerTime>>): View {
  const assignment = { TimeLink: { href: '/tm2' }, DERProgramListLink: { href: '/derp' } }
  const program = {
    mRID: '0A',
    primacy: 5,
    DERControlListLink: { href: '/derc' },
    DefaultDERControlLink: { href: '/dderc' },
  }
  const copies = {
    '/dcap': { TimeLink: { href: '/tm' }, EndDeviceListLink: { href: '/edev' } },
    '/edev': { all: 1, results: 1, EndDevice: [device] },
    '/fsa': {
      FunctionSetAssignments: [
        { mRID: '01', ...assignment },
        { mRID: '02', ...assignment },
      ],
    },
    '/derp': { DERProgram: [program] },
    '/derc': { DERControl: [event] },
    '/dderc': { mRID: '0D', DERControlBase: { opModMaxLimW: 9000, rampTms: 5 } },
  }
  const tree = Object.entries(copies).reduce<Tree>(
    (known, [href, value]) => grown(new Map(known).set(href, { ...known.get(href), value } as unknown as Branch), self),
    seedling('/dcap'),
  )
  return viewOf(tree, new Map(Object.entries(times)), self)
}
