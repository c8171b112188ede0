import { decodeDocument, linksOf, SepError } from '@gridloom/sep2030'
import type { Client } from '@gridloom/kit'
import { connect, connectionOptions } from '../connection.ts'
import { parse, single, type Command } from '../command.ts'
import { numberIn } from '../number-in.ts'

type Visit = Readonly<{ path: string; depth: number; from: string }>

export const walk: Command = {
  summary: 'follow every link from a resource and print the tree',
  usage: `gridloom walk URL [--certs FOLDER | --cert FILE --key FILE --ca FILE] [--max N]
    fetches at most N resources (1000); exit code 1 when one is refused or not valid (404: nothing was written there yet)`,
  run: async (argv) => {
    const { values, positionals } = parse(argv, { ...connectionOptions, max: { type: 'string', default: '1000' } })
    const url = single(positionals, 'URL')
    const max = numberIn('max', values.max, 1, 1_000_000)
    await using client = connect(url, values)
    const { pathname, search } = new URL(url)
    return await walkFrom(client, pathname + search, max)
  },
}

/** Depth first in document order, each resource once: what a person reads is the tree as the server links it. */
async function walkFrom(client: Client, start: string, max: number): Promise<number> {
  const seen = new Set<string>()
  const open: Visit[] = [{ path: start, depth: 0, from: '' }]
  let faults = 0
  for (let visit = open.pop(); visit && seen.size < max; visit = open.pop()) {
    if (seen.has(visit.path)) continue
    seen.add(visit.path)
    const { line, links } = await look(client, visit)
    if (!links) faults += 1
    process.stdout.write(`${'  '.repeat(visit.depth)}${line}\n`)
    const { depth } = visit
    open.push(...(links ?? []).map((link) => ({ ...link, depth: depth + 1 })).toReversed())
  }
  return faults > 0 ? 1 : 0
}

async function look(client: Client, { path, from }: Visit) {
  const reply = await client.get(path)
  if (reply.status === 404) return { line: `${path}  404  (${from})`, links: [] }
  if (reply.status !== 200) return { line: `${path}  ${reply.status}  (${from})` }
  try {
    const document = decodeDocument(reply.body, { unknown: 'skip' })
    return {
      line: `${path}  ${document.root}${summaryOf(document.value)}`,
      links: linksOf(document.value).flatMap(localTo(client, path)),
    }
  } catch (err) {
    if (!(err instanceof SepError)) throw err
    return { line: `${path}  not valid: ${err.message}` }
  }
}

function summaryOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'all' in value ? ` (${String(value.all)})` : ''
}

/** Links to the same server, lists asked for in one page; the tree of another server is that server's. */
function localTo({ origin }: Client, base: string) {
  return ({ name, href, list }: Readonly<{ name: string; href: string; list: boolean }>) => {
    const target = new URL(href, new URL(base, origin))
    if (target.origin !== origin) return []
    if (list) target.searchParams.set('l', '255')
    return [{ path: target.pathname + target.search, from: name }]
  }
}
