import { z } from 'zod'
import { LfdiText, Name } from './common.ts'

/** A certificate of an aggregator, by its LFDI or as PEM. */
export const CertificateReference = z
  .strictObject({ lfdi: LfdiText.optional(), certificate: z.string().optional().describe('PEM') })
  .refine(({ lfdi, certificate }) => (lfdi === undefined) !== (certificate === undefined), {
    message: 'name exactly one of lfdi and certificate',
    path: ['lfdi'],
  })

export const NewAggregator = z.strictObject({
  name: Name,
  pen: z.uint32().optional().describe('private enterprise number'),
  certificates: z.array(CertificateReference).min(1).max(100),
})

export type NewAggregator = z.infer<typeof NewAggregator>

export const AggregatorChange = z.strictObject({ name: Name.optional(), pen: z.uint32().optional() })

export const Aggregator = z.object({
  id: z.string(),
  href: z.string(),
  name: z.string(),
  pen: z.int().optional(),
  certificates: z.array(z.string()).describe('LFDIs'),
  devices: z.int().describe('how many devices are under it'),
})

export type Aggregator = z.infer<typeof Aggregator>
