/** How an element type looks in the generated tables; names refer to other tables, so that cycles need no care. */
export type Particle = Readonly<{
  name: string
  type: string
  /** Least and most occurrences; both 1 when absent, as in XML Schema. */
  min?: number
  max?: number
  /** Absent where it is that of the base standard. */
  namespace?: string
}>

export type Attribute = Readonly<{ name: string; type: string; required?: boolean; default?: number | string }>

/** A named complex type with what it adds to its base; T is the type of its values. */
export type Element<T> = Readonly<{
  name: string
  base?: string
  elements?: readonly Particle[]
  attributes?: readonly Attribute[]
  /** The type of a global element that is not named as its type is. */
  type?: string
}> & { readonly [value]?: T }

declare const value: unique symbol

/** The value of an element whose `xsi:type` names a type derived from the declared one. */
export type Typed<Name extends string, T> = T & Readonly<{ $type: Name }>

export type SimpleType = Readonly<
  | { kind: 'integer'; base: string; min: number | bigint; max: number | bigint }
  | { kind: 'hexBinary'; base: string; maxBytes: number }
  | { kind: 'string'; base: string; maxLength: number }
>

/** What a version of an extension adds: types, global elements, and what it appends to the types of the standard. */
export type Extension = Readonly<{
  namespace: string
  types: Readonly<Record<string, Element<unknown>>>
  elements: Readonly<Record<string, string>>
  appended: Readonly<Record<string, Readonly<{ elements?: readonly Particle[]; attributes?: readonly Attribute[] }>>>
}>
