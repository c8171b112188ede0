import type { FastifyInstance } from 'fastify'

/** Tells which methods a path has, for the 405 answer and its Allow header; empty when no route knows the path. */
export type MethodsOf = (path: string) => readonly string[]

/** Learns the routes of an app as they are added. */
export function learnMethods(app: FastifyInstance): MethodsOf {
  const routes = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = routes.get(url) ?? new Set()
    routes.set(url, methods)
    for (const each of [method].flat()) methods.add(each)
  })
  return (path) => {
    const found = new Set<string>()
    for (const [url, methods] of routes) {
      if (patternOf(url).test(path)) for (const method of methods) found.add(method)
    }
    return [...found].toSorted()
  }
}

function patternOf(url: string): RegExp {
  const escaped = url.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll(/:[^/]+/g, '[^/]+').replaceAll('*', '.*')}$`)
}
