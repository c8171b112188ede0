import { ControlFields, controlUnits } from '@gridloom/contracts'
import { z } from 'zod'
import { UsageError } from './command.ts'
import { parseQuantity } from './units.ts'

const names = Object.keys(ControlFields.shape) as (keyof ControlFields)[]

/**
 * Reads what `--mode` says, in plain units: `opModMaxLimW=50%`, `opModTargetW=-2kW`, `opModConnect=false`,
 * `opModVoltVar=<mRID of a curve>`, `opModFixedPFInjectW=0.95`, `opModFixedVar=30%`, or JSON for the fields in full.
 */
export function parseModes(texts: readonly string[]): ControlFields {
  const fields = Object.fromEntries(texts.map(parseMode))
  if (Object.keys(fields).length < texts.length) throw new UsageError('a mode is named twice')
  const controls = ControlFields.safeParse(fields)
  if (!controls.success) throw new UsageError(z.prettifyError(controls.error))
  return controls.data
}

function parseMode(text: string): [keyof ControlFields, unknown] {
  const at = text.indexOf('=')
  const wanted = text.slice(0, at)
  const name = names.find((each) => each === wanted)
  if (at < 0) throw new UsageError(`--mode "${text}" has no "=VALUE"`)
  if (!name) throw new UsageError(`--mode "${wanted}" is not a control; there are: ${names.join(', ')}`)
  return [name, parseValue(name, text.slice(at + 1))]
}

function parseValue(name: keyof ControlFields, text: string): unknown {
  if (text.startsWith('{')) return parseJson(name, text)
  if (text === 'true' || text === 'false') return text === 'true'
  if (name in controlUnits) return parseQuantity(text, [controlUnits[name as keyof typeof controlUnits]]).value
  if (name === 'opModFixedVar') return { percent: parseQuantity(text, ['%']).value }
  if (name.startsWith('opModFixedPF')) return { powerFactor: Number(text) }
  return text
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (err) {
    throw new UsageError(`--mode ${name}: "${text}" is not JSON`, { cause: err })
  }
}
