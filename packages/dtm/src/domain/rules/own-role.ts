import { isAnswer, isRequest, isWrite } from '../world/message.ts'
import { nothing, type Rule } from './rule.ts'
import { fired } from './rule-finding.ts'

const serverRoots = new Set([
  'DERControl',
  'DERControlList',
  'DERProgram',
  'DERProgramList',
  'DefaultDERControl',
  'DERCurve',
  'DERCurveList',
  'EndDeviceControl',
  'FunctionSetAssignments',
  'FlowReservationResponse',
  'Registration',
  'TextMessage',
])

/** ID-10: a client writes what only a server says, or somebody answers who is no server. */
export function keepsItsRole(): Rule {
  return (message, { registry }) => {
    const { from, observation } = message
    if (observation.leg !== 'GSP-DCM') return nothing
    const root = message.content?.root ?? observation.resource ?? ''
    if (isRequest(message) && isWrite(message) && from.role === 'DCM' && serverRoots.has(root)) {
      return [fired('ID-10', 'critical', { evidence: { wrote: root } })]
    }
    // who is not registered at all is ID-1's
    const isNoServer = registry.has(from.id) && from.role !== 'GSP'
    const serves = isAnswer(message) || observation.kind === 'notification'
    return serves && isNoServer ? [fired('ID-10', 'critical', { evidence: { answered: from.role } })] : nothing
  }
}
