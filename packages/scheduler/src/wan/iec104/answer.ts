import type { ScheduleOutput } from '@gridloom/contracts'
import type { Clock, Logger } from '@gridloom/kit'
import type { Config } from '../../config.ts'
import type { Caller } from '../../domain/rights.ts'
import type { Meters } from '../../metrics.ts'
import type { Scheduling } from '../../operations/scheduling.ts'
import { type Asdu, causes, type Command, commandOf, decodeAsdu, encodeAsdu, measuredOf, types } from './asdu.ts'
import { decodeTime } from './time.ts'

export type AnswerOptions = Readonly<{
  config: NonNullable<Config['iec104']>
  scheduling: Scheduling
  clock: Clock
  log: Logger
  meters: Meters
}>

type Point = NonNullable<Config['iec104']>['points'][number]
type Send = (asdu: Buffer) => void

/** What the station says: to what control centres ask of it, and of the outputs that change. */
export type Answers = Readonly<{
  /** Rejects when the message makes no sense. */
  obey(octets: Buffer, send: Send): Promise<void>
  changesOf(output: ScheduleOutput): readonly Buffer[]
}>

// an older command is one that got lost on its way
const mostCommandAge = 60
const stationInterrogation = 20
const broadcast = 0xff_ff

export function createAnswers({ config, scheduling, clock, log, meters }: AnswerOptions): Answers {
  const { commonAddress, directSeconds, priority, points } = config
  const caller: Caller = { name: 'iec104', role: 'actor', rights: config }
  /** The schedule that the last command of a point became: the next one takes its place. */
  const holding = new Map<Point, string>()
  /** How far the clock of the control centre is ahead, since it told its time. */
  let ahead = 0

  const answer = (asked: Asdu, cause: number, isNegative = false): Buffer => encodeAsdu({ ...asked, cause, isNegative })
  const told = ({ output: object }: Point, cause: number, output: ScheduleOutput, at?: number): Buffer => {
    const measured = measuredOf(output.value, output.quantity === 'OnOff', at)
    const head = { cause, isNegative: false, isTest: false, originator: 0, commonAddress, object }
    return encodeAsdu({ ...head, ...measured })
  }

  const carryOut = async (point: Point, { value }: Command): Promise<void> => {
    const { device, quantity } = point
    const before = holding.get(point)
    const isHeld = before !== undefined && scheduling.view({ device, quantity, id: before }).state === 4
    if (isHeld) await scheduling.disable({ device, quantity, id: before }, caller)
    const order = { value, seconds: directSeconds, priority }
    const { id } = await scheduling.direct(device, quantity, order, caller)
    holding.set(point, id)
  }
  const command = async (asked: Asdu, given: Command, send: Send): Promise<void> => {
    const point = points.find((one) => one.command === asked.object)
    if (!point) return send(answer(asked, causes.unknownObject, true))
    if (asked.cause === causes.deactivation) return send(answer(asked, causes.deactivationCon))
    if (asked.cause !== causes.activation) return send(answer(asked, causes.unknownCause, true))
    try {
      const isStale = given.at !== undefined && Math.abs(clock.exact() + ahead - given.at) > mostCommandAge
      if (isStale) throw new Error('the command is too old')
      if (asked.isTest || given.isSelect) return send(answer(asked, causes.activationCon))
      await carryOut(point, given)
      meters.face('iec104', 'ok')
      send(answer(asked, causes.activationCon))
      send(answer(asked, causes.activationTerm))
    } catch (error) {
      meters.face('iec104', 'failed')
      log.info({ object: asked.object, reason: String(error) }, 'command refused')
      send(answer(asked, causes.activationCon, true))
    }
  }
  const interrogate = (asked: Asdu, send: Send): void => {
    const qualifier = asked.information[0]
    if (asked.cause !== causes.activation) return send(answer(asked, causes.unknownCause, true))
    if (qualifier !== stationInterrogation) return send(answer(asked, causes.activationCon, true))
    send(answer(asked, causes.activationCon))
    for (const point of points) send(told(point, causes.interrogated, scheduling.output(point.device, point.quantity)))
    send(answer(asked, causes.activationTerm))
  }
  /** The clock of the schedules stays what it is: only times that go over this station are those of the control centre. */
  const synchronise = (asked: Asdu, send: Send): void => {
    if (asked.cause !== causes.activation) return send(answer(asked, causes.unknownCause, true))
    const at = asked.information.length === 7 ? decodeTime(asked.information) : undefined
    if (at === undefined) return send(answer(asked, causes.activationCon, true))
    ahead = at - clock.exact()
    log.info({ ahead }, 'clock of a control centre told')
    send(answer(asked, causes.activationCon))
  }

  return {
    async obey(octets, send) {
      const asked = decodeAsdu(octets)
      if (asked.commonAddress !== commonAddress && asked.commonAddress !== broadcast) {
        return send(answer(asked, causes.unknownAddress, true))
      }
      if (asked.type === types.C_IC_NA_1) return interrogate(asked, send)
      if (asked.type === types.C_CS_NA_1) return synchronise(asked, send)
      const given = commandOf(asked)
      if (!given) return send(answer(asked, causes.unknownType, true))
      await command(asked, given, send)
    },
    changesOf: (output) =>
      points
        .filter(({ device, quantity }) => device === output.device && quantity === output.quantity)
        .map((point) => told(point, causes.spontaneous, output, output.at + ahead)),
  }
}
