/** The topics of one device, all below its own. */
export type Topics = Readonly<
  Record<'telemetry' | 'site' | 'setpoint' | 'limits' | 'state' | 'availability' | 'device', string>
>

export function topicsOf(base: string): Topics {
  const below = (name: string): string => `${base}/${name}`
  return {
    telemetry: below('telemetry'),
    site: below('site'),
    setpoint: below('setpoint'),
    limits: below('limits'),
    state: below('state'),
    availability: below('availability'),
    device: below('device'),
  }
}

type Entity = Readonly<{ component: 'sensor' | 'binary_sensor'; id: string; name: string; more: object }>

const measured = (unit: string, device_class: string, state_class = 'measurement') => ({
  unit_of_measurement: unit,
  device_class,
  state_class,
})

const entities: readonly Entity[] = [
  { component: 'sensor', id: 'watts', name: 'Power', more: measured('W', 'power') },
  { component: 'sensor', id: 'vars', name: 'Reactive power', more: measured('var', 'reactive_power') },
  { component: 'sensor', id: 'volts', name: 'Voltage', more: measured('V', 'voltage') },
  { component: 'sensor', id: 'hertz', name: 'Frequency', more: measured('Hz', 'frequency') },
  {
    component: 'sensor',
    id: 'deliveredWh',
    name: 'Energy delivered',
    more: measured('Wh', 'energy', 'total_increasing'),
  },
  {
    component: 'sensor',
    id: 'receivedWh',
    name: 'Energy received',
    more: measured('Wh', 'energy', 'total_increasing'),
  },
  { component: 'sensor', id: 'limitW', name: 'Active limit', more: measured('W', 'power') },
  {
    component: 'binary_sensor',
    id: 'connected',
    name: 'Connected',
    more: { device_class: 'connectivity', payload_on: 'True', payload_off: 'False' },
  },
]

/** One retained message for each entity: Home Assistant makes a device of them without any configuration. */
export function discoveryOf(
  { id, name, prefix, staleSeconds }: Readonly<{ id: string; name: string; prefix: string; staleSeconds: number }>,
  topics: Topics,
): readonly Readonly<{ topic: string; payload: object }>[] {
  const device = { identifiers: [`gridloom_${id}`], name, manufacturer: 'Gridloom', model: 'DER behind a DCM' }
  return entities.map(({ component, id: entity, name: label, more }) => ({
    topic: `${prefix}/${component}/gridloom_${id}/${entity}/config`,
    payload: {
      name: label,
      unique_id: `gridloom_${id}_${entity}`,
      object_id: `${id}_${entity}`.toLowerCase(),
      state_topic: topics.state,
      value_template: `{{ value_json.${entity} }}`,
      availability_topic: topics.availability,
      // a device that falls silent has no state
      expire_after: Math.ceil(staleSeconds),
      device,
      origin: { name: 'gridloom' },
      ...more,
    },
  }))
}
