import { readFileSync } from 'node:fs'

/** Reads a JSON file; the error names the file and what is wrong with it. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (err) {
    throw new Error(`${file} cannot be read as JSON`, { cause: err })
  }
}

/** Prints one JSON value: on one line for programs, indented for people. */
export function writeJson(value: unknown, compact = false): void {
  process.stdout.write(`${JSON.stringify(value, null, compact ? 0 : 2)}\n`)
}
