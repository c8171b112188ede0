import { z } from 'zod'
import { CtsId, CtsResponse } from './parts.ts'

/** Binds a party to the certificate of the connection. */
export const EiRegisterParty = z.object({
  type: z.literal('EiRegisterParty').optional(),
  requestId: CtsId,
  partyId: CtsId,
  partyName: z.string().max(200).optional(),
  callback: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional()
    .describe('where the market posts its messages; without it the party asks for them'),
  lfdi: z
    .string()
    .regex(/^[0-9A-Fa-f]{40}$/)
    .optional()
    .describe('of the server at `callback`; the registering certificate when absent'),
})

export const EiRegisteredParty = z.object({
  type: z.literal('EiRegisteredParty'),
  inResponseTo: CtsId.optional(),
  partyId: CtsId.optional(),
  registrationId: CtsId.optional(),
  response: CtsResponse,
})

export const EiCancelRegistration = z.object({
  type: z.literal('EiCancelRegistration').optional(),
  requestId: CtsId,
  partyId: CtsId,
})

export const EiCanceledRegistration = z.object({
  type: z.literal('EiCanceledRegistration'),
  inResponseTo: CtsId.optional(),
  partyId: CtsId.optional(),
  response: CtsResponse,
})
