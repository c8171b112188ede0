import type { Element } from './parse-scl.ts'
import type { DataObject, Templates } from './templates.ts'

/** A logical node with what its type and its initial values say. */
export type LogicalNode = Readonly<{
  /** prefix + lnClass + inst */
  name: string
  lnClass: string
  prefix: string
  inst: string
  nodeType: string
  /** Undefined when the file does not have the type of the node. */
  objects: readonly DataObject[] | undefined
  /** Whether its type has an attribute at a path. */
  has(path: string): boolean
  /** The text at a path (`SchdIntv.units.SIUnit`): that of the instance, else the default of the type. */
  textAt(path: string): string | undefined
  /** A number; of an enumeration its ordinal. */
  numberAt(path: string): number | undefined
}>

export function logicalNodeOf(element: Element, templates: Templates): LogicalNode {
  const { prefix = '', lnClass = '', inst = '', lnType: nodeType = '' } = element.attributes
  const objects = templates.objectsOf(nodeType)
  const attributeAt = (path: string) => {
    const [object = '', ...rest] = path.split('.')
    const type = objects?.find(({ name }) => name === object)?.type
    return type === undefined ? undefined : templates.attributeAt(type, rest)
  }
  const textAt = (path: string): string | undefined => {
    const instance = valueIn(element.children('DOI'), path.split('.'))
    const text = instance ?? attributeAt(path)?.value
    return text === '' ? undefined : text
  }
  return {
    name: `${prefix}${lnClass}${inst}`,
    lnClass,
    prefix,
    inst,
    nodeType,
    objects,
    has: (path) => attributeAt(path) !== undefined,
    textAt,
    numberAt(path) {
      const text = textAt(path)
      if (text === undefined) return undefined
      const attribute = attributeAt(path)
      return attribute?.bType === 'Enum' ? templates.ordinalOf(attribute.type, text) : Number(text)
    },
  }
}

/** The Val at a path of DOI, SDI … DAI. */
function valueIn(elements: readonly Element[], [name, ...rest]: readonly string[]): string | undefined {
  const element = elements.find(({ attributes }) => attributes['name'] === name)
  if (!element) return undefined
  if (rest.length === 0) return element.child('Val')?.text
  return valueIn([...element.children('SDI'), ...element.children('DAI')], rest)
}
