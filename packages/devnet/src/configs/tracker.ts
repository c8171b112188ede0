import { common, regionPace, trustModule, type Scene } from './scene.ts'

const transformerKwEach = 5

/** The tracker of a local grid: one region for the transformer of each feeder, all in one process. */
export function trackerConfig(scene: Scene) {
  const { periodSeconds, leaseSeconds, lookSeconds } = regionPace(scene)
  const feeders = scene.plan.groups.filter(({ level }) => level === 'feeder')
  return {
    ...common(scene, 'tracker'),
    store: 'sqlite:tracker.db',
    bootstrap: {
      regions: feeders.length,
      feeders: Object.fromEntries(feeders.map(({ name }, region) => [name, region])),
    },
    regions: feeders.map(({ members }, region) => {
      const transformerKw = transformerKwEach * Math.max(members.length, 1)
      return { region, supplyKw: transformerKw, exportKw: transformerKw }
    }),
    periodSeconds,
    leaseSeconds,
    dtm: { ...trustModule(scene), lookSeconds },
  }
}
