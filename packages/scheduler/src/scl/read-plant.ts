import type { Quantity } from '@gridloom/contracts'
import { type LogicalNode, logicalNodeOf } from './logical-node.ts'
import { type Element, parseScl } from './parse-scl.ts'
import type { Finding, PlantController, PlantDevice, PlantReading, PlantSchedule } from './plant.ts'
import { aliasesOf, deviceName, resolved, targetOf } from './references.ts'
import { scheduleOf } from './schedule-node.ts'
import { type Templates, templatesOf } from './templates.ts'

export type PlantOptions = Readonly<{
  /** Which IED, where the file has several. */
  ied?: string | undefined
  /** References of reserve schedules whose name does not say it. */
  reserve?: readonly string[]
  /** Reference of a controller or its CtlEnt to quantity. */
  quantities?: Readonly<Record<string, Quantity>>
}>

/** What an SCL file says of schedules and their controllers, and what is wrong with it (scheduling.md §5). */
export function readPlant(xml: string, options: PlantOptions = {}): PlantReading {
  const findings: Finding[] = []
  const find = (severity: Finding['severity'], path: string, message: string): void => {
    findings.push({ severity, path, message })
  }
  const scl = attempt(() => parseScl(xml), find)
  const ied = scl && chosenIed(scl, options.ied, find)
  if (!scl || !ied) return { plant: undefined, findings }
  const name = ied.attributes['name'] ?? ''
  const templates = templatesOf(scl)
  const accessPoints = ied.children('AccessPoint')
  const hosts = accessPoints.flatMap((point) => point.child('Server')?.children('LDevice') ?? [])
  const nodes = new Map(hosts.flatMap((host) => nodesOf(host, name, templates)))
  const reader = { ied: name, aliases: aliasesOf(hosts, name), nodes, options, find, used: new Map<string, string>() }
  const devices = hosts.map((host) => deviceOf(host, templates, reader))
  for (const [ref, { lnClass }] of nodes) {
    if (lnClass === 'FSCH' && !reader.used.has(ref)) find('warning', ref, 'no controller lists this schedule')
  }
  if (devices.every(({ controllers }) => controllers.length === 0)) {
    find('error', name, 'no schedule controller (FSCC)')
  }
  const [point] = accessPoints.flatMap((each) => addressOf(scl, name, each.attributes['name'] ?? '') ?? [])
  return { plant: { ied: name, address: point, devices }, findings }
}

type Find = (severity: Finding['severity'], path: string, message: string) => void

type Reader = Readonly<{
  ied: string
  /** Names of the logical devices, by all that references may call them. */
  aliases: ReadonlyMap<string, string>
  /** By reference. */
  nodes: ReadonlyMap<string, LogicalNode>
  options: PlantOptions
  find: Find
  /** Which controller lists a schedule. */
  used: Map<string, string>
}>

function attempt<T>(work: () => T, find: Find): T | undefined {
  try {
    return work()
  } catch (error) {
    find('error', 'SCL', error instanceof Error ? error.message : String(error))
    return undefined
  }
}

function chosenIed(scl: Element, wanted: string | undefined, find: Find): Element | undefined {
  const all = scl.children('IED')
  const names = all.map(({ attributes }) => attributes['name'] ?? '')
  const found = wanted === undefined ? all : all.filter(({ attributes }) => attributes['name'] === wanted)
  if (found.length === 1) return found[0]
  if (all.length === 0) find('error', 'SCL/IED', 'the file has no IED')
  else if (wanted === undefined) find('error', 'SCL/IED', `there are several, name one: ${names.join(', ')}`)
  else find('error', 'SCL/IED', `no "${wanted}" among ${names.join(', ')}`)
  return undefined
}

function addressOf(scl: Element, ied: string, accessPoint: string): string | undefined {
  const networks = scl.child('Communication')?.children('SubNetwork') ?? []
  const connected = networks.flatMap((network) => network.children('ConnectedAP'))
  const own = connected.find(({ attributes }) => attributes['iedName'] === ied && attributes['apName'] === accessPoint)
  return own
    ?.child('Address')
    ?.children('P')
    .find(({ attributes }) => attributes['type'] === 'IP')?.text
}

/** The nodes of a logical device by their references. */
function nodesOf(host: Element, ied: string, templates: Templates): readonly (readonly [string, LogicalNode])[] {
  const device = deviceName(host, ied)
  return [...host.children('LN0'), ...host.children('LN')].map((element) => {
    const node = logicalNodeOf(element, templates)
    return [`${device}/${node.name}`, node] as const
  })
}

function deviceOf(host: Element, templates: Templates, reader: Reader): PlantDevice {
  const { inst = '', ldName } = host.attributes
  const name = deviceName(host, reader.ied)
  const controllers = host
    .children('LN')
    .filter(({ attributes }) => attributes['lnClass'] === 'FSCC')
    .flatMap((element) => controllerOf(element, name, templates, reader) ?? [])
  for (const [quantity, several] of Map.groupBy(controllers, (one) => one.quantity)) {
    const [, another] = several
    if (another) reader.find('error', another.ref, `a second controller for ${quantity} of "${inst}"`)
  }
  return { name, inst, ldName, controllers }
}

function controllerOf(
  element: Element,
  device: string,
  templates: Templates,
  reader: Reader,
): PlantController | undefined {
  const { find, nodes } = reader
  const node = logicalNodeOf(element, templates)
  const ref = `${device}/${node.name}`
  const target = resolved(node.textAt('CtlEnt.setSrcRef') ?? '', reader.aliases)
  if (target === '') find('error', `${ref}.CtlEnt`, 'the controller controls nothing: setSrcRef is empty')
  const targetNode = target === '' ? undefined : targetOf(target, nodes)?.node
  if (target !== '' && !targetNode) find('error', `${ref}.CtlEnt`, `leads to nothing: "${target}"`)
  const quantity = quantityOf(ref, target, node, reader)
  if (!quantity) {
    find('warning', ref, 'left out: neither its name nor the service file says which quantity it controls')
    return undefined
  }
  const listed = element
    .children('DOI')
    .flatMap(({ attributes: { name = '' } }) => (/^Schd\d+$/.test(name) ? [name] : []))
    .toSorted((a, b) => Number(a.slice(4)) - Number(b.slice(4)))
  if (listed.length === 0) find('error', ref, 'the controller lists no schedule (Schd01 …)')
  const scale = quantity === 'OnOff' ? 1 : scaleOf(target, targetNode, find)
  const schedules = listed.flatMap((name) => {
    const text = node.textAt(`${name}.setSrcRef`)
    if (text === undefined) return []
    return (
      listedSchedule(`${ref}.${name}`, resolved(text, reader.aliases), { ...reader, quantity, scale, owner: ref }) ?? []
    )
  })
  for (const [id, several] of Map.groupBy(schedules, (one) => one.id)) {
    const [, another] = several
    if (another) find('error', another.ref, id === 'reserve' ? 'a second reserve schedule' : `a second number ${id}`)
  }
  if (!schedules.some(({ id }) => id === 'reserve')) {
    find('warning', ref, 'no reserve schedule: the device is left to itself when nothing runs')
  }
  return { ref, quantity, target, scale, schedules }
}

type Listing = Reader & Readonly<{ quantity: Quantity; scale: number; owner: string }>

function listedSchedule(path: string, ref: string, listing: Listing): PlantSchedule | undefined {
  const { nodes, find, used, options, quantity, scale, owner } = listing
  const node = nodes.get(ref)
  if (node?.lnClass !== 'FSCH') {
    find('error', path, `dangling reference: "${ref}" ${node ? 'is no schedule' : 'does not exist'}`)
    return undefined
  }
  const other = used.get(ref)
  if (other !== undefined) {
    find('error', path, `doubled reference: "${other}" lists "${ref}" already`)
    return undefined
  }
  used.set(ref, owner)
  const isReserve = node.prefix.endsWith('Res_') || (options.reserve ?? []).includes(ref)
  return scheduleOf(node, { ref, isReserve, valueType: quantity === 'OnOff' ? 'boolean' : 'number', scale, find })
}

/** By the service file, else by the controller's name, else by the class of the target, else by what the target takes. */
function quantityOf(
  ref: string,
  target: string,
  { prefix }: LogicalNode,
  { options: { quantities = {} }, nodes }: Reader,
): Quantity | undefined {
  const told = quantities[ref] ?? quantities[target]
  if (told) return told
  const byName = (['ActPow', 'MaxPow', 'OnOff'] as const).find((quantity) => prefix.startsWith(quantity))
  if (byName) return byName
  const operational = { DWGC: 'ActPow', DWMX: 'MaxPow' } as const
  const byClass = Object.entries(operational).find(([lnClass]) => target.includes(lnClass))?.[1]
  return byClass ?? (targetOf(target, nodes)?.object.cdc === 'SPC' ? 'OnOff' : undefined)
}

/** Watts in one unit of the file: `units.SIUnit` is W (62) and `units.multiplier` a power of ten. */
function scaleOf(target: string, node: LogicalNode | undefined, find: Find): number {
  const object = target.split('.')[1] ?? ''
  const unit = node?.numberAt(`${object}.units.SIUnit`)
  if (unit !== undefined && unit !== watt) find('error', `${target}.units.SIUnit`, `${unit} is not 62, the watt`)
  return 10 ** (node?.numberAt(`${object}.units.multiplier`) ?? 0)
}

const watt = 62
