import { Device, pageOf } from '@gridloom/contracts'
import { openAdmin } from '../admin.ts'
import { parse, UsageError, type Command } from '../command.ts'
import { openGrid } from '../grid.ts'
import { writeJson } from '../io.ts'
import { table } from '../table.ts'

export const device: Command = {
  summary: 'list the devices that the running grid knows',
  usage: 'gridloom device list [--group NAME] [--grid FILE] [--json]',
  run: async ([verb = '', ...argv]) => {
    if (verb !== 'list') throw new UsageError(`device does not know "${verb}"`)
    const { values } = parse(argv, { group: { type: 'string' }, grid: { type: 'string' }, json: { type: 'boolean' } })
    const query = new URLSearchParams({ limit: '1000', ...(values.group && { group: values.group }) })
    await using admin = openAdmin(values.grid)
    const { items } = await admin.get(`/devices?${query}`, pageOf(Device))
    if (values.json) for (const item of items) writeJson(item, true)
    else process.stdout.write(`${render(items, namesIn(values.grid))}\n`)
    return 0
  },
}

/** The server knows LFDIs; the names are the local grid's own. */
function namesIn(gridFile?: string): ReadonlyMap<string, string> {
  return new Map(openGrid(gridFile).certs.devices.map(({ lfdi, name }) => [lfdi, name]))
}

function render(items: readonly Device[], names: ReadonlyMap<string, string>): string {
  return table(
    ['device', 'LFDI', 'SFDI', 'PIN', 'groups', 'trust', 'last seen'],
    items.map((item) => [
      names.get(item.lfdi) ?? item.id,
      item.lfdi,
      String(item.sfdi),
      item.pin === undefined ? '' : String(item.pin).padStart(6, '0'),
      item.groups.map(({ name }) => name).join(', '),
      item.trust ? trustWords(item.trust) : '',
      item.lastSeen === undefined ? 'never' : new Date(item.lastSeen * 1000).toISOString(),
    ]),
  )
}

const levels = ['normal', 'watch', 'suspect', 'distrusted', 'blocked']

function trustWords({ level, Te, rule, enforcement }: NonNullable<Device['trust']>): string {
  const name = levels[level] ?? String(level)
  const score = Te === undefined ? '' : ` ${Te.toFixed(2)}`
  const why = rule === undefined || level < 2 ? '' : ` ${rule}`
  return `${name}${score}${why}${enforcement === 'none' ? '' : ` (${enforcement})`}`
}
