import type { Clock, Identify } from '@gridloom/kit'
import type { ResourceStore } from './store/resources.ts'

export type Deps = Readonly<{ clock: Clock; identify: Identify; store: ResourceStore }>
