import { DERProgramList, FunctionSetAssignments, FunctionSetAssignmentsList } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import type { Row } from '../store/row.ts'
import { attributesOf, countOf, rowsShown } from './list.ts'
import { programView } from './program-view.ts'
import { deviceOf, found, ofOwnDevice, reaching } from './visit-rules.ts'
import { shown, type Visit, type Wire } from './wire.ts'

/** The groups of a device: each assignment leads to the programs of one group. */
export function assignmentRoutes(wire: Wire): void {
  const list = hrefs.assignments('/edev/:device')
  wire.serve({
    path: list,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href } = await deviceOf(visit)
      return rowsShown(wire, visit, {
        element: FunctionSetAssignmentsList,
        query: { kind: 'FunctionSetAssignments', parent: hrefs.assignments(href) },
        view: (row) => assignmentView(row, href, visit),
      })
    },
  })
  wire.serve({
    path: `${list}/:assignment`,
    target: ofOwnDevice,
    GET: async (visit) => {
      const row = found(visit, await visit.read.get('FunctionSetAssignments', visit.path))
      const attributes = await attributesOf(wire, visit, 'FunctionSetAssignments')
      const { href } = await deviceOf(visit)
      return shown(FunctionSetAssignments, { ...(await assignmentView(row, href, visit)), ...attributes })
    },
  })
  wire.serve({
    path: hrefs.assignedPrograms(`${list}/:assignment`),
    target: ofOwnDevice,
    GET: async (visit) => {
      const device = await deviceOf(visit)
      const assignment = `${hrefs.assignments(device.href)}/${visit.params['assignment']}`
      const { body } = found(visit, await visit.read.get('FunctionSetAssignments', assignment))
      const only = reaching(wire, visit, device)
      return rowsShown(wire, visit, {
        element: DERProgramList,
        query: { kind: 'DERProgram', parent: hrefs.programsOf(body.group) },
        view: (program) => programView(program, device.href, { read: visit.read, only }),
      })
    },
  })
}

async function assignmentView(
  { href, body }: Row<'FunctionSetAssignments'>,
  device: string,
  { read }: Visit,
): Promise<FunctionSetAssignments> {
  const { group, ...assignment } = body
  const programs = await countOf(read, { kind: 'DERProgram', parent: hrefs.programsOf(group) })
  return {
    ...assignment,
    href,
    DERProgramListLink: { href: hrefs.assignedPrograms(href), all: programs },
    ResponseSetListLink: { href: hrefs.responseSets(device), all: 1 },
    // needed wherever events are followed
    TimeLink: { href: hrefs.time },
  }
}
