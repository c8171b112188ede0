/** Power in whole milliwatts: sums balance exactly and equal residuals compare equal. */
export function milliwattsOf(kw: number): number {
  return Math.round(kw * 1e6)
}

export function kwOf(milliwatts: number): number {
  return milliwatts / 1e6
}
