import type { LogicalNode } from './logical-node.ts'
import type { Element } from './parse-scl.ts'
import type { DataObject } from './templates.ts'

/** The name of a logical device in references: ldName, else the name of its IED and its inst. */
export function deviceName({ attributes }: Element, ied: string): string {
  return attributes['ldName'] ?? `${ied}${attributes['inst'] ?? ''}`
}

/** The names of the logical devices of an IED by all that references may call them; a device's own name comes first. */
export function aliasesOf(hosts: readonly Element[], ied: string): ReadonlyMap<string, string> {
  const named = hosts.map((host) => ({ name: deviceName(host, ied), inst: host.attributes['inst'] ?? '' }))
  return new Map([
    ...named.flatMap(({ name, inst }) => [[inst, name] as const, [`${ied}${inst}`, name] as const]),
    ...named.map(({ name }) => [name, name] as const),
  ])
}

/** A reference by the name of its logical device: `@` stands for the IED itself, and a device may go by its inst. */
export function resolved(reference: string, aliases: ReadonlyMap<string, string>): string {
  const [, host = '', rest = ''] = /^@?([^/]*)(.*)$/.exec(reference) ?? []
  return `${aliases.get(host) ?? host}${rest}`
}

/** The node and data object that a target leads to; both forms occur: …AnOut1 and …AnOut1.mxVal.f. */
export function targetOf(
  target: string,
  nodes: ReadonlyMap<string, LogicalNode>,
): Readonly<{ node: LogicalNode; object: DataObject }> | undefined {
  const [ref = '', name = ''] = target.split('.')
  const node = nodes.get(ref)
  const object = node?.objects?.find((one) => one.name === name)
  return node && object && { node, object }
}
