import { ScheduledDevice, ScheduledDevices } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { deviceParams, deviceViewOf, type RouteContext } from './context.ts'

export function deviceRoutes(app: JsonApp, context: RouteContext): void {
  const tags = ['devices']
  app.get(
    '/scheduling/devices',
    { schema: { tags, summary: 'The devices, and what they are told', response: { 200: ScheduledDevices } } },
    () => ({ devices: context.scheduling.board().devices.map(({ name }) => deviceViewOf(context, name)) }),
  )
  app.get(
    '/scheduling/devices/:device',
    { schema: { tags, summary: 'A device', params: deviceParams, response: { 200: ScheduledDevice } } },
    ({ params: { device } }) => deviceViewOf(context, device),
  )
}
