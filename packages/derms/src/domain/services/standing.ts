import type { ControlFields, NewCurve, ServiceRequest } from '@gridloom/contracts'
import type { Known } from '../knowledge/known.ts'
import type { Scene } from './candidates.ts'
import { settingsOf } from './settings.ts'

/** A default control for all devices of a group. */
export type Standing = Readonly<
  { kind: 'controls'; controls: ControlFields; curve?: NewCurve } | { kind: 'refused'; reason: string; best: string }
>

export function isStanding(request: ServiceRequest): boolean {
  return 'standing' in request && request.standing
}

/** What a group goes by whenever no event says otherwise: a bound, a droop or a curve that is the same for each of its devices. */
export function standingOf({ running, known, awards }: Pick<Scene, 'running' | 'known' | 'awards'>): Standing {
  const { request } = running.service
  if (request.kind === 'envelope')
    return boundsFor(
      request,
      running.members.flatMap((lfdi) => known.get(lfdi) ?? []),
    )
  const settings = settingsOf({ running, known, awards })
  switch (settings.kind) {
    case 'refused':
      return settings
    case 'curve':
      return { kind: 'controls', controls: {}, curve: settings.curve }
    case 'each': {
      const [controls = {}] = settings.controls.values()
      return { kind: 'controls', controls }
    }
    default:
      return settings satisfies never
  }
}

type Envelope = Extract<ServiceRequest, { kind: 'envelope' }>

function boundsFor({ exportW, importW }: Envelope, there: readonly Known[]): Standing {
  const [exports, imports] = [evenShare(there, 'exportW', exportW), evenShare(there, 'importW', importW)]
  if ((exports ?? 0) < 0 || (importW !== undefined && (imports ?? 0) < 0)) {
    const least = (side: Side): number => Math.round(unboundW(there, side))
    const best = `an export of ${least('exportW')} W and an import of ${least('importW')} W, of those who know no bound`
    return { kind: 'refused', reason: 'some devices there know no bound', best }
  }
  return {
    kind: 'controls',
    controls: {
      ...(exports !== undefined && { opModExpLimW: exports }),
      ...(imports !== undefined && { opModImpLimW: imports }),
    },
  }
}

type Side = 'exportW' | 'importW'

/** The bound of each, when all that have one go to it, and the others to their rating. */
function evenShare(there: readonly Known[], side: Side, envelopeW: number | undefined): number | undefined {
  if (envelopeW === undefined) return undefined
  const bound = there.filter((known) => ratedW(known, side) > 0 && isBound(known, side)).length
  return Math.floor((envelopeW - unboundW(there, side)) / Math.max(bound, 1))
}

/** What those may do who know no such bound. */
function unboundW(there: readonly Known[], side: Side): number {
  return there.reduce((sum, known) => sum + (isBound(known, side) ? 0 : ratedW(known, side)), 0)
}

function ratedW({ der }: Known, side: Side): number {
  return Math.max(side === 'exportW' ? der.maxW : -der.minW, 0)
}

function isBound({ der: { modes } }: Known, side: Side): boolean {
  return modes.includes(side === 'exportW' ? 'opModExpLimW' : 'opModImpLimW')
}
