import { expect, it } from 'vitest'
import { refusalOf } from './outcome.ts'

it('tells the refusals apart that are answered differently', () => {
  const kinds = [400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 501, 503].map((status) => answered({ status }).kind)
  expect(kinds).toEqual(
    'rejected forbidden forbidden missing rejected conflict missing conflict tooLarge rejected rejected later'.split(
      ' ',
    ),
  )
})

it('keeps the wait that the server asks for', () => {
  expect(answered({ status: 503, retryAfter: 30 })).toEqual({ kind: 'later', status: 503, seconds: 30 })
  expect(answered({ status: 500 })).toEqual({ kind: 'later', status: 500 })
})

it('hands a redirect on with its target', () => {
  expect(answered({ status: 307, location: '/new' })).toEqual({ kind: 'moved', to: '/new' })
})

function answered(answer: { status: number; location?: string; retryAfter?: number }) {
  return refusalOf({ body: Buffer.alloc(0), ...answer })
}
