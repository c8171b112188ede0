import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { testAdmin } from '../testing/test-admin.ts'

it('has every operation on its reference page, and no other', async () => {
  const admin = await testAdmin()
  const { body } = await admin.call('GET', '/openapi.json')
  const served = Object.entries<object>(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const page = readFileSync(new URL('../../../../docs/reference/gsp-admin.md', import.meta.url), 'utf8')
  const described = [...page.matchAll(/^\| `((?:GET|POST|PUT|PATCH|DELETE) [^`]+)` \|/gm)].map(
    ([, operation]) => operation,
  )
  expect(described.toSorted()).toEqual(served.toSorted())
})

it('tells how it refuses', async () => {
  const admin = await testAdmin()
  const { body } = await admin.call('GET', '/openapi.json')
  expect(body.paths['/controls'].post.responses['4XX'].content['application/json'].schema.properties).toHaveProperty(
    'error',
  )
})
