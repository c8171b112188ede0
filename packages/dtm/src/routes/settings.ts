import type { JsonApp } from '@gridloom/kit'
import { z } from 'zod'
import { engineOptionsOf } from '../config.ts'
import { settingsOf } from '../domain/engine/settings.ts'
import type { Context } from './context.ts'

/** What the model is tuned by, for whoever wants to follow its reckoning. */
export function settingsRoutes(app: JsonApp, { config, callerOf }: Context): void {
  app.get(
    '/dtm/config',
    { schema: { tags: ['trust'], summary: 'Parameters of the model', response: { 200: z.looseObject({}) } } },
    (request) => {
      const { role } = callerOf(request)
      const { snapshotSeconds, alertHours, journalBytes, limits, subscribers, operators } = config
      const forOperators = role === 'OPR' ? { subscribers, operators } : {}
      const { parameters, ...engine } = settingsOf(engineOptionsOf(config))
      return {
        parameters: parameters.all,
        byRole: config.byRole ?? {},
        engine,
        snapshotSeconds,
        alertHours,
        journalBytes,
        limits,
        ...forOperators,
      }
    },
  )
}
