import * as contracts from '@gridloom/contracts'
import type { App } from '@gridloom/kit'
import { z } from 'zod'
import { messageTypes } from '../domain/conversations.ts'

/** The document of this face, made of the schemas that validate. */
export function openApiRoute(app: App): void {
  const document = openApiDocument()
  app.get('/openapi.json', () => document)
}

const views = [
  ['/ma', 'CtsMarkets', 'The markets of this agent'],
  ['/ma/{marketId}/reference', 'MarketReference', 'Reference data'],
  ['/ma/{marketId}/book', 'CtsMarketBook', 'Price levels of all instruments with open tenders'],
  ['/ma/{marketId}/prices', 'CtsMarketPrices', 'How every instrument has traded'],
  ['/ma/{marketId}/positions', 'CtsPositions', 'Positions and cash: of oneself, or of all for an operator'],
  ['/ma/{marketId}/ledger', 'CtsLedgerPage', 'Committed trades: those of oneself, or all for an operator'],
  ['/ma/{marketId}/messages', 'CtsMessagePage', 'What the market has for the party of the certificate'],
  ['/ma/{marketId}/refusals', 'CtsRefusalPage', 'Messages that callbacks refused, for operators'],
  ['/ma/{marketId}/trace', 'CtsTracePage', 'Every step of the market, for operators'],
  ['/ma/{marketId}/ticker', 'CtsTicker', 'Server-sent events; each data line is one of these'],
] as const

function openApiDocument() {
  const requests = messageTypes.map((type) => [type, schemaOf(type)] as const)
  const replies = Object.keys(contracts).filter(
    (name) => name.startsWith('Ei') && !messageTypes.some((type) => type === name),
  )
  const answers = [...replies, ...views.map(([, name]) => name)].map((name) => [name, schemaOf(name)] as const)
  const post = {
    summary: 'Say one message to a market',
    description:
      '200 for every word of the market, also a refusal; 400 for what is no message, 403 for a wrong certificate.',
    requestBody: content({ oneOf: messageTypes.map(reference) }),
    responses: { 200: { description: 'the reply', ...content({ oneOf: replies.filter(isReply).map(reference) }) } },
  }
  const gets = views.map(([path, name, summary]) => {
    const responses = { 200: { description: summary, ...content(reference(name)) } }
    return [path, { get: { summary, parameters: parametersOf(path), responses } }] as const
  })
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gridloom Market Agent',
      version: '1.0.0',
      description: 'OASIS Common Transactive Services in JSON.',
    },
    paths: {
      ...Object.fromEntries(gets),
      '/ma/{marketId}': { post: { ...post, parameters: parametersOf('{marketId}') } },
    },
    components: { schemas: Object.fromEntries([...requests, ...answers]) },
  }
}

function isReply(name: string): boolean {
  return /^Ei(\w+ed|Reply)[A-Z]/.test(name)
}

function schemaOf(name: string): unknown {
  const schema: unknown = Reflect.get(contracts, name)
  return schema instanceof z.ZodType ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) : {}
}

function reference(name: string) {
  return { $ref: `#/components/schemas/${name}` }
}

function content(schema: object) {
  return { content: { 'application/json': { schema } } }
}

function parametersOf(path: string) {
  const string = { type: 'string' }
  return path.includes('{marketId}') ? [{ name: 'marketId', in: 'path', required: true, schema: string }] : []
}
