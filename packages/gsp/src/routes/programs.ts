import { DERControl, DERControlList, DERCurve, DERCurveList, DefaultDERControl, DERProgram } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import type { Row } from '../store/row.ts'
import { attributesOf, rowsShown } from './list.ts'
import { active, controlView, curveView, defaultControlView, programView } from './program-view.ts'
import { deviceOf, found, ofOwnDevice, reaching } from './visit-rules.ts'
import { shown, type Visit, type Wire } from './wire.ts'

/** Programs with their events, default and curves: made by the operator, only read here, and only by assigned devices. */
export function programRoutes(wire: Wire): void {
  const path = `/edev/:device${hrefs.programs}/:program`

  wire.serve({
    path,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { device, program, row } = await assigned(visit)
      const view = await programView(program, device, { read: visit.read, only: reaching(wire, visit, row) })
      return shown(DERProgram, { ...view, ...(await attributesOf(wire, visit, 'DERProgram')) })
    },
  })
  serveControls(wire, path)
  wire.serve({
    path: hrefs.defaultControl(path),
    target: ofOwnDevice,
    GET: async (visit) => {
      const { device, program } = await assigned(visit)
      const row = found(visit, await visit.read.get('DefaultDERControl', hrefs.defaultControl(program.href)))
      const attributes = await attributesOf(wire, visit, 'DefaultDERControl')
      return shown(DefaultDERControl, { ...defaultControlView(row, device), ...attributes })
    },
  })
  serveCurves(wire, path)
}

function serveControls(wire: Wire, base: string): void {
  const serveList = (path: string, states?: readonly number[]): void =>
    wire.serve({
      path,
      target: ofOwnDevice,
      GET: async (visit) => {
        const { device, program, row } = await assigned(visit)
        const query = { kind: 'DERControl', parent: hrefs.controls(program.href), ...(states && { states }) } as const
        const only = reaching(wire, visit, row)
        return rowsShown(wire, visit, {
          element: DERControlList,
          query,
          only,
          view: (each) => controlView(each, device),
        })
      },
    })
  serveList(hrefs.controls(base))
  serveList(hrefs.activeControls(base), [active])
  wire.serve({
    path: `${hrefs.controls(base)}/:control`,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { device, program, row } = await assigned(visit)
      const list = hrefs.controls(program.href)
      const control = found(visit, await visit.read.get('DERControl', `${list}/${visit.params['control']}`))
      const reaches = reaching(wire, visit, row) ?? (() => true)
      // one that is over has left the list
      const listed = found(visit, control.parent === list && reaches(control) ? control : undefined)
      return shown(DERControl, { ...controlView(listed, device), ...(await attributesOf(wire, visit, 'DERControl')) })
    },
  })
}

function serveCurves(wire: Wire, base: string): void {
  wire.serve({
    path: hrefs.curves(base),
    target: ofOwnDevice,
    GET: async (visit) => {
      const { device, program } = await assigned(visit)
      const query = { kind: 'DERCurve', parent: hrefs.curves(program.href) } as const
      return rowsShown(wire, visit, { element: DERCurveList, query, view: (row) => curveView(row, device) })
    },
  })
  wire.serve({
    path: `${hrefs.curves(base)}/:curve`,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { device, program } = await assigned(visit)
      const curve = `${hrefs.curves(program.href)}/${visit.params['curve']}`
      return shown(DERCurve, curveView(found(visit, await visit.read.get('DERCurve', curve)), device))
    },
  })
}

/** The program of the path, if one of the device's assignments leads to it. */
async function assigned(visit: Visit): Promise<Assigned> {
  const row = await deviceOf(visit)
  const { href: device } = row
  const href = `${hrefs.programs}/${visit.params['program']}`
  const program = found(visit, await visit.read.get('DERProgram', href))
  const { rows } = await visit.read.page({ kind: 'FunctionSetAssignments', parent: hrefs.assignments(device) })
  const leads = rows.some(({ body }) => hrefs.programsOf(body.group) === program.parent)
  return { device, row, program: found(visit, leads ? program : undefined) }
}

type Assigned = Readonly<{ device: string; row: Row<'EndDevice'>; program: Row<'DERProgram'> }>
