import { z } from 'zod'

/** Seconds since 1970, by the server's clock. */
export const Moment = z.int().min(0).describe('seconds since 1970')

export const LfdiText = z
  .string()
  .regex(/^[0-9A-Fa-f]{40}$/, 'must be 40 hexadecimal digits')
  .toUpperCase()
  .describe('40 hexadecimal digits')

export const MridText = z
  .string()
  .regex(/^[0-9A-Fa-f]{32}$/, 'must be 32 hexadecimal digits')
  .toUpperCase()
  .describe('32 hexadecimal digits')

/** String32 of the schema: what devices see as a description. */
export const Name = z.string().min(1).max(32)

export const PageQuery = z.strictObject({
  start: z.coerce.number().pipe(z.uint32()).default(0).describe('items to skip'),
  limit: z.coerce.number().pipe(z.uint32().max(1000)).default(100).describe('most items to return'),
})

/** One page of a list; `all` counts the items of every page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ all: z.uint32(), items: z.array(item) })
}

export type PageOf<Item> = { all: number; items: Item[] }
