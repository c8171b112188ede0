import type { Element } from '../codec/element.ts'
import { profiles, type Profile } from '../codec/schema.ts'
import * as standard from '../generated/complex-types.ts'
import * as extension from '../generated/csipaus.ts'
import { orderOf, type OrderKey } from './list-order.ts'
import { rows, type Row } from './table.ts'

export type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
/** What the standard says of a method on a resource: mandatory, optional, discouraged, or an error. */
export type Duty = 'M' | 'O' | 'D' | 'E'

export type Resource = Readonly<{
  name: string
  /** The conventional path: a server may choose others, and a client follows links. */
  pattern: string
  /** The element that it is served as. */
  type: Element<object>
  methods: Readonly<Record<Method, Duty>>
  /** The elements that a POST may hold. */
  post: readonly Element<object>[]
  /** The query parameters of a list: s to start, l to limit, a for those after a time. */
  query: '' | 'sl' | 'sal'
  /** Whether the type has the attribute; if an instance can be subscribed to is told by its value. */
  subscribable: boolean
  pollRate: boolean
  /** For lists: the type of their members, and the order that they are kept in. */
  memberType?: string
  order?: readonly OrderKey[]
  /** The profiles in which it exists. */
  profiles: readonly Profile[]
}>

const tables = new Map<string, Element<object>>([...Object.entries(standard), ...Object.entries(extension)] as [
  string,
  Element<object>,
][])

/** The resource map of the standard, and the resources that the Australian extension adds. */
export const resources: readonly Resource[] = rows.map(resourceOf)

function resourceOf({
  name,
  pattern,
  methods,
  query = '',
  type: typeName = name,
  post,
  profiles: only,
}: Row): Resource {
  const memberType = query === '' ? undefined : memberOf(typeName)
  return {
    name,
    pattern,
    type: table(typeName),
    methods: dutiesOf(methods),
    post: (post ?? (memberType && methods[3] !== 'E' ? [memberType] : [])).map(table),
    query,
    subscribable: hasAttribute(typeName, 'subscribable'),
    pollRate: hasAttribute(typeName, 'pollRate'),
    ...(memberType ? { memberType, order: orderOf(memberType) } : {}),
    profiles: only ?? profiles,
  }
}

function dutiesOf(methods: string): Readonly<Record<Method, Duty>> {
  const [GET, HEAD, PUT, POST, DELETE] = methods as unknown as readonly [Duty, Duty, Duty, Duty, Duty]
  return { GET, HEAD, PUT, POST, DELETE }
}

function memberOf(list: string): string | undefined {
  return table(list).elements?.find(({ max }) => max === Infinity)?.type
}

function hasAttribute(typeName: string, attribute: string): boolean {
  const { attributes = [], base } = table(typeName)
  return attributes.some(({ name }) => name === attribute) || (base !== undefined && hasAttribute(base, attribute))
}

function table(name: string): Element<object> {
  const element = tables.get(name)
  if (!element) throw new TypeError(`the resource map names a type that is not in the schema: ${name}`)
  return element
}
