import type { WatchedGrid } from './watched-grid.ts'

/** Resolves when all these rules have fired on an actor, its device or its link. */
export async function found({ grid, rules }: WatchedGrid, name: string, wanted: readonly string[]): Promise<void> {
  await grid.until(async () => {
    const own = [...(await rules())].filter(([subject]) => subject.split(/[~/]/).includes(name))
    const fired = new Set(own.flatMap(([, each]) => [...each]))
    return wanted.every((rule) => fired.has(rule))
  })
}

export async function suspected({ grid, level }: WatchedGrid, name: string): Promise<void> {
  await grid.until(async () => (await level(name)) >= 2)
}

export async function worstOf({ level }: WatchedGrid, names: readonly string[]): Promise<number> {
  return Math.max(...(await Promise.all(names.map((name) => level(name)))))
}
