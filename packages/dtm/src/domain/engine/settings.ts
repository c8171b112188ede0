import { z } from 'zod'
import { defaults, type TrustParameters } from '../parameters.ts'
import type { TrustRole } from '@gridloom/contracts'

/** What an engine is tuned by; the lists of rules are made from it. */
export const EngineSettings = z.strictObject({
  ciphers: z.array(z.string()).optional().describe('allowed cipher suites; without it those of the 2030.5 profile'),
  revoked: z.array(z.string()).default([]).describe('LFDIs of revoked certificates, beside those of the registry'),
  nominalHertz: z
    .union([z.literal(50), z.literal(60)])
    .default(60)
    .describe('for the limits of trip settings'),
  pairSeconds: z.number().positive().default(30).describe('how long a report waits for that of the other end'),
  heartbeatSeconds: z.number().positive().default(60),
  mostPending: z.int().positive().default(200_000).describe('reports that wait for the other end, over all'),
  rememberedPosts: z.int().positive().default(256).describe('bodies per subject that a replay is recognised by'),
})
export type EngineSettings = z.infer<typeof EngineSettings> &
  Readonly<{ parameters: Readonly<Partial<Record<TrustRole, TrustParameters>> & { all: TrustParameters }> }>

/** Settings as they are given: everything has a default, trust parameters may differ by role. */
export type EngineOptions = z.input<typeof EngineSettings> &
  Readonly<{
    parameters?: Partial<TrustParameters>
    byRole?: Readonly<Partial<Record<TrustRole, Partial<TrustParameters>>>>
  }>

export function settingsOf({ parameters, byRole = {}, ...options }: EngineOptions = {}): EngineSettings {
  const all = { ...defaults, ...parameters }
  const roles = Object.entries(byRole).map(([role, some]) => [role, { ...all, ...some }])
  return { ...EngineSettings.parse(options), parameters: { all, ...Object.fromEntries(roles) } }
}

export function parametersOf({ parameters }: EngineSettings, role: TrustRole): TrustParameters {
  return parameters[role] ?? parameters.all
}
