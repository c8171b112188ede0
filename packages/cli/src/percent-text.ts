/** A share in whole percent, as people read it. */
export function percentText(share: number): string {
  return `${Math.round(share * 100)} %`
}
