import type { Quantity, ScheduleForecast, ScheduleOutput, ScheduleValue } from '@gridloom/contracts'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import type { Caller } from '../../domain/rights.ts'
import type { Scheduling } from '../../operations/scheduling.ts'
import type { Link } from './link.ts'
import { parsed } from './parsed.ts'

/** Speaks with gateways of the reference ecosystem: pivot objects out, plain schedules in. */
export type Bridge = Readonly<{
  device: string
  command(output: ScheduleOutput): Promise<void>
  foretell(forecast: ScheduleForecast): Promise<void>
}>

export type BridgeOptions = Readonly<{
  config: NonNullable<NonNullable<Config['mqtt']>['bridge']>
  link: Link
  scheduling: Scheduling
  caller: Caller
  obey: (topic: string, work: () => Promise<unknown>) => Promise<void>
}>

/** A schedule as these gateways send it. */
const Proposal = z.object({
  direction: z.enum(['IMPORT', 'EXPORT']),
  start: z.object({ seconds: z.int().nonnegative(), nanos: z.int().nonnegative().default(0) }).optional(),
  resolution: z.enum(['FIVE_MINUTES', 'FIFTEEN_MINUTES']),
  values: z.array(z.number()).min(1),
})

const resolutionSeconds = { FIVE_MINUTES: 300, FIFTEEN_MINUTES: 900 } as const
const proposed = { id: '1', prio: 20, defaultDelaySeconds: 180 } as const

export function openBridge({ config, link, scheduling, caller, obey }: BridgeOptions): Bridge {
  const { device, commands, schedules, proposals, labels } = config
  const labelOf = (quantity: Quantity): string =>
    labels[quantity] ?? scheduling.board().controller(device, quantity).target

  link.subscribe(proposals, (topic, payload) => {
    void obey(topic, async () => {
      const { start, resolution, values } = parsed(Proposal, payload)
      const key = { device, quantity: 'MaxPow', id: proposed.id } as const
      const startTimes = [start?.seconds ?? scheduling.now() + proposed.defaultDelaySeconds]
      // a new proposal takes the place of the last one, whatever became of that
      if (scheduling.view(key).state >= 3) await scheduling.disable(key, caller)
      const intervalS = resolutionSeconds[resolution]
      // the limit is on the magnitude, whichever way the power flows
      const limits = values.map((value) => Math.abs(value))
      await scheduling.replace(key, { prio: proposed.prio, intervalS, values: limits, startTimes }, caller)
      await scheduling.enable(key, caller)
    })
  })

  return {
    device,
    async command({ quantity, value, at }) {
      if (value === null) return
      await link.publish(commands, pivot('PivotCommand', [parameter(labelOf(quantity), value, at)]))
    },
    async foretell({ quantity, changes }) {
      const parameters = changes.flatMap(({ at, value }) =>
        value === null ? [] : [parameter(labelOf(quantity), value, at)],
      )
      await link.publish(schedules, pivot('PivotSchedule', parameters))
    },
  }
}

function pivot(operation: 'PivotCommand' | 'PivotSchedule', parameters: readonly object[]): object {
  return { operation, parameters }
}

function parameter(Identifier: string, ctlVal: ScheduleValue, at: number): object {
  const SecondSinceEpoch = Math.floor(at)
  const FractionOfSecond = Math.floor((at - SecondSinceEpoch) * 2 ** 24)
  const type = { q: { test: 0 }, t: { SecondSinceEpoch, FractionOfSecond }, ctlVal }
  const typed = typeof ctlVal === 'boolean' ? { SpcTyp: type } : { ApcTyp: type }
  return { name: 'PIVOTTC', value: { GTIC: { ComingFrom: 'gridloom', Identifier, ...typed } } }
}
