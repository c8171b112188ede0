import type { MeteredEnergy } from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import { z } from 'zod'
import type { Dcm } from '../dcm.ts'
import { chosen, parsed } from './asked.ts'

const Span = z
  .strictObject({ start: z.coerce.number().pipe(z.int().min(0)), end: z.coerce.number().pipe(z.int().min(0)) })
  .refine(({ start, end }) => end > start, { message: 'ends before it starts', path: ['end'] })

/** What flowed through a device, for whoever settles it. */
export function energyRoutes(app: App, dcms: readonly Dcm[]): void {
  app.get<{ Params: { name: string } }>('/devices/:name/energy', (request): MeteredEnergy => {
    const { start, end } = parsed(Span, request.query)
    return chosen(dcms, request.params.name).energy(start, end)
  })
}
