export const sepXml = 'application/sep+xml'

/** Whether an Accept header lets the answer be XML; parameters are tolerated, a missing header accepts anything. */
export function acceptsXml(accept: string | undefined): boolean {
  if (accept === undefined || accept === sepXml) return true
  return accept.split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    return ranges.has(type ?? '') && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
  })
}

const ranges: ReadonlySet<string> = new Set([sepXml, 'application/*', '*/*', ''])
