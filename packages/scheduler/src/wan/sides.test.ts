import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { connectAsync } from 'mqtt'
import { expect, it, onTestFinished } from 'vitest'
import { brokers, credentialsIn } from '@gridloom/devices/testing'
import { testScheduler } from '../testing/test-scheduler.ts'

it('takes orders from all sides at once: the strongest decides, and each side hears it', async () => {
  const [open] = brokers.map((one) => one.open)
  if (!open) throw new Error('no broker')
  const broker = await open()
  onTestFinished(() => broker[Symbol.asyncDispose]())
  const { url, certs, protocolVersion } = broker
  const port = await freePort()
  const service = await testScheduler({
    config: {
      mqtt: { url, certs, protocolVersion, site: 'site', slots: [1] },
      iec104: {
        listen: { host: '127.0.0.1', port },
        slots: [2],
        points: [{ device: 'battery', quantity: 'MaxPow', command: 100, output: 1100 }],
      },
    },
  })
  const peer = await connectAsync(url, { ...credentialsIn(certs), protocolVersion })
  onTestFinished(() => peer.endAsync(true))
  const outputs: unknown[] = []
  peer.on('message', (_topic, payload) => void outputs.push(JSON.parse(payload.toString())))
  await peer.subscribeAsync('grid/site/battery/MaxPow/output', { qos: 1 })
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  let heard = ''
  socket.on('data', (octets) => (heard += octets.toString('hex')))
  const topic = 'grid/site/battery/MaxPow/direct/set'
  const values = async () => {
    const { body } = await service.call('GET', '/devices/battery/MaxPow/schedules')
    return body.schedules.map(({ prio, value }: Record<string, unknown>) => [prio, value])
  }

  // STARTDT, and C_SE_NC_1 to object 100: 1500 W, of priority 50
  socket.write(Buffer.from('6804070000006812000000003201060001006400000080bb4400', 'hex'))
  await Promise.all([
    peer.publishAsync(topic, JSON.stringify({ value: 1000, seconds: 600, priority: 40 }), { qos: 1 }),
    service.call('POST', '/devices/battery/MaxPow/direct', { value: 2000, seconds: 600, priority: 60 }),
  ])
  await expect.poll(values).toEqual([
    [40, 1000],
    [50, 1500],
    [60, 2000],
    [10, 4000],
  ])
  await expect.poll(() => outputs.at(-1)).toMatchObject({ value: 2000, priority: 60 })
  // M_ME_TF_1, spontaneous: 2000 W
  await expect.poll(() => heard).toContain('2401030001004c04000000fa44')
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
