import type { App } from '@gridloom/kit'
import { Counter, Gauge } from 'prom-client'
import { ServiceStatus, type DermsEvent } from '@gridloom/contracts'
import { inForce, isOver, type Running } from './domain/services/running.ts'
import type { Fleet } from './operations/fleet.ts'

export type MeterOptions = Readonly<{ fleet: Fleet; services: ReadonlyMap<string, Running> }>

/** What a scraper sees of services and DERs; the answer hears what happens. */
export function createMeters(registry: App['metrics'], { fleet, services }: MeterOptions): (event: DermsEvent) => void {
  const registers = [registry]
  const orders = new Counter({ name: 'gridloom_derms_orders_total', help: 'Orders given or taken back', registers })
  const drops = new Counter({ name: 'gridloom_derms_dropped_total', help: 'Devices that were replaced', registers })
  const intervals = new Counter({
    name: 'gridloom_derms_intervals_total',
    help: 'Intervals of services, by whether they were delivered',
    labelNames: ['delivered'],
    registers,
  })
  const byStatus = new Gauge({
    name: 'gridloom_derms_services',
    help: 'Services, by status',
    labelNames: ['status'],
    registers,
    collect: () => {
      const all = [...services.values()]
      for (const status of ServiceStatus.options) {
        byStatus.set({ status }, all.filter(({ service }) => service.status === status).length)
      }
    },
  })
  const gauge = (name: string, help: string, value: () => number): void => {
    const made: Gauge = new Gauge({ name, help, registers, collect: () => void made.set(value()) })
  }
  gauge('gridloom_derms_ders', 'DERs that have told what they can do', () => fleet.known().size)
  gauge('gridloom_derms_awards', 'Orders in force', () =>
    [...services.values()].reduce((sum, { service }) => sum + (isOver(service) ? 0 : inForce(service).length), 0),
  )
  return (event) => {
    if (event.event === 'dispatch') orders.inc(event.orders)
    if (event.event === 'dropped') drops.inc()
    if (event.event === 'interval') intervals.inc({ delivered: String(event.interval.delivered ?? 'unasked') })
  }
}
