type DarkTree = Readonly<{ generator: string; kw: number }>

type Now = Readonly<{
  /** The most that each root can carry; who is not in it carries nothing. */
  carries: ReadonlyMap<string, number>
  /** What each consumer draws. */
  loads: ReadonlyMap<string, number>
}>

// What the sums lose.
const nearKw = 1e-6

/** The trees of the last round that weigh more by now than their roots can carry: they are dark until they are repaired (§2). */
export function darkTrees(trees: ReadonlyMap<string, string>, { carries, loads }: Now): readonly DarkTree[] {
  const weights = new Map<string, number>()
  for (const [id, generator] of trees) weights.set(generator, (weights.get(generator) ?? 0) + (loads.get(id) ?? 0))
  const dark = [...weights].filter(([generator, kw]) => kw > (carries.get(generator) ?? 0) + nearKw)
  return dark.map(([generator, kw]) => ({ generator, kw }))
}
