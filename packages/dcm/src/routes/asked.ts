import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Dcm } from '../dcm.ts'

/** The body of a request, or what is wrong with it and where. */
export function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path.join('.')
  throw new SepError('invalid', z.prettifyError(result.error), path ? { path } : {})
}

/** The device that is meant, by name or LFDI; the only one when none is named. */
export function chosen(dcms: readonly Dcm[], device: string | undefined): Dcm {
  const [only] = dcms
  if (device === undefined && only && dcms.length === 1) return only
  if (device === undefined) throw new SepError('invalid', 'there are several devices: name one', { path: 'device' })
  const found = dcms.find(({ name, lfdi }) => name === device || lfdi === device.toUpperCase())
  if (!found) throw new SepError('missing', `no device "${device}"`, { path: 'device' })
  return found
}
