import {
  DERControl,
  DERControlList,
  DERCurve,
  DERCurveList,
  DefaultDERControl,
  DERProgram,
  DERProgramList,
  FunctionSetAssignmentsList,
} from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { hrefs } from '../domain/hrefs.ts'
import { newRow } from '../store/new-row.ts'
import { assignedProgram, mrid, published, registered } from '../testing/documents.ts'
import { startOfTest, testServer, type Peer, type TestServer } from '../testing/test-server.ts'

it('leads a device through its assignment to its programs, the nearer group first', async () => {
  const { server, device, href } = await setUp()
  await assignedProgram(server.store, href, 9)
  const { FunctionSetAssignments: [first] = [], ...list } = await device.get(
    FunctionSetAssignmentsList,
    `${href}/fsa?l=9`,
  )
  expect(list).toMatchObject({ all: 2, results: 2, pollRate: 300 })
  expect(first).toMatchObject({ TimeLink: { href: '/tm' }, DERProgramListLink: { all: 1 } })
  const programs = await device.get(DERProgramList, first?.DERProgramListLink?.href ?? '')
  expect(programs).toMatchObject({ all: 1, results: 1, pollRate: 60 })
  const [program] = programs.DERProgram ?? []
  expect(program).toMatchObject({ DERControlListLink: { href: `${program?.href}/derc`, all: 0 } })
  expect(program).not.toHaveProperty('DefaultDERControlLink')
  expect(await device.get(DERProgram, program?.href ?? '')).toMatchObject({ primacy: program?.primacy })
})

it('lists controls by start, newest first, and active ones apart', async () => {
  const { server, device, program, path } = await setUp()
  const active = { currentStatus: 1, dateTime: startOfTest, potentiallySuperseded: false }
  const late = await published(server.store, program, { interval: { duration: 60, start: startOfTest + 900 } })
  const older = await published(server.store, program)
  const newer = await published(server.store, program, { creationTime: startOfTest + 1 })
  const now = await published(server.store, program, {
    interval: { duration: 60, start: startOfTest },
    EventStatus: active,
  })
  const list = await device.get(DERControlList, `${path}/derc?l=10`)
  expect(list.DERControl?.map(({ mRID }) => mRID)).toEqual([now, newer, older, late].map(({ mRID }) => mRID))
  const running = await device.get(DERControlList, `${path}/actderc?l=10`)
  expect(running).toMatchObject({ all: 1, results: 1, DERControl: [{ mRID: now.mRID }] })
  expect(await device.get(DERProgram, path)).toMatchObject({
    ActiveDERControlListLink: { all: 1 },
    DERControlListLink: { all: 4 },
  })
})

it('shows a control with the place for its responses', async () => {
  const { server, device, program, path, href } = await setUp()
  await published(server.store, program)
  await published(server.store, program, { responseRequired: undefined } as unknown as Partial<DERControl>)
  const control = await device.get(DERControl, `${path}/derc/1`)
  expect(control).toMatchObject({ href: `${path}/derc/1`, replyTo: `${href}/rsps/1/rsp`, responseRequired: '03' })
  expect(await device.get(DERControl, `${path}/derc/2`)).not.toHaveProperty('replyTo')
})

it('follows a change at once, though the answer before is kept', async () => {
  const { server, device, program, path } = await setUp()
  await published(server.store, program)
  expect(await device.get(DERControlList, `${path}/derc?l=9`)).toMatchObject({ all: 1 })
  expect(await device.get(DERControlList, `${path}/derc?l=9`)).toMatchObject({ all: 1 })
  await published(server.store, program)
  expect(await device.get(DERControlList, `${path}/derc?l=9`)).toMatchObject({ all: 2, results: 2 })
  await server.store.write([{ drop: `${hrefs.assignments(path.split('/derp')[0] ?? '')}/1` }])
  expect(await device.client.get(`${path}/derc?l=9`)).toMatchObject({ status: 404 })
})

it('leaves out a control that is over', async () => {
  const { server, device, program, path } = await setUp()
  await published(server.store, program)
  const row = await server.store.get('DERControl', `${program}/derc/1`)
  if (row) await server.store.write([{ put: { ...row, parent: hrefs.pastControls(program) } }])
  expect(await device.get(DERControlList, `${path}/derc`)).toMatchObject({ all: 0 })
  expect(await device.client.get(`${path}/derc/1`)).toMatchObject({ status: 404 })
})

it('leads the link of a control to its curve through the same device', async () => {
  const { server, device, program, path } = await setUp()
  const curve: DERCurve = {
    mRID: mrid(),
    creationTime: startOfTest,
    CurveData: [{ xvalue: 1, yvalue: 2 }],
    curveType: 11,
    xMultiplier: 0,
    yMultiplier: 0,
    yRefType: 3,
  }
  const place = { href: `${program}/dc/1`, parent: hrefs.curves(program) }
  await server.store.write([{ put: newRow('DERCurve', place, curve) }])
  await published(server.store, program, { DERControlBase: { opModVoltVar: { href: `${program}/dc/1` } } })
  const control = await device.get(DERControl, `${path}/derc/1`)
  const link = control.DERControlBase.opModVoltVar?.href ?? ''
  expect(await device.get(DERCurve, link)).toMatchObject({ curveType: 11 })
  expect(await device.get(DERCurveList, `${path}/dc?l=5`)).toMatchObject({ all: 1, DERCurve: [{ href: link }] })
})

it('has the default of a program when the operator gave it one', async () => {
  const { server, device, program, path } = await setUp()
  expect(await device.client.get(`${path}/dderc`)).toMatchObject({ status: 404 })
  const href = hrefs.defaultControl(program)
  const body = { mRID: mrid(), setGradW: 27, DERControlBase: { opModExpLimW: { multiplier: 0, value: 1500 } } }
  await server.store.write([{ put: newRow('DefaultDERControl', { href, parent: program }, body) }])
  expect(await device.get(DERProgram, path)).toMatchObject({ DefaultDERControlLink: { href: `${path}/dderc` } })
  expect(await device.get(DefaultDERControl, `${path}/dderc`)).toMatchObject({
    setGradW: 27,
    DERControlBase: body.DERControlBase,
  })
})

it('hides a program from a device that is not assigned to it', async () => {
  const { server, program } = await setUp()
  const other = server.device()
  const href = await registered(other)
  expect(await other.client.get(`${href}${program}`)).toMatchObject({ status: 404 })
  expect(await other.client.get(`${href}${program}/derc`)).toMatchObject({ status: 404 })
})

async function setUp(): Promise<
  Readonly<{ server: TestServer; device: Peer; href: string; program: string; path: string }>
> {
  const server = await testServer()
  const device = server.device()
  const href = await registered(device)
  const program = await assignedProgram(server.store, href)
  return { server, device, href, program, path: `${href}${program}` }
}
