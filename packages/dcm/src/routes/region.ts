import {
  CapacityLow,
  Hello,
  LoadsAsk,
  ShedAsk,
  type HelloAnswer,
  type LoadsAnswer,
  type ShedAnswer,
} from '@gridloom/contracts'
import { peerLfdi, type App } from '@gridloom/kit'
import type { Agent } from '../region/agent.ts'
import { parsed } from './asked.ts'

/** What trackers and other peers say to the peers here; who they are is known from their certificate. */
export function regionRoutes(app: App, agent: Agent): void {
  app.post('/region/hello', (request): HelloAnswer => agent.hello(parsed(Hello, request.body), peerLfdi(request)))
  app.post('/region/shed', (request): ShedAnswer => agent.shed(parsed(ShedAsk, request.body), peerLfdi(request)))
  app.post('/region/loads', (request): LoadsAnswer => agent.loads(parsed(LoadsAsk, request.body), peerLfdi(request)))
  app.post('/region/capacity-low', (request): LoadsAnswer =>
    agent.capacityLow(parsed(CapacityLow, request.body), peerLfdi(request)),
  )
}
