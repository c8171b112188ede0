import { common, morningOffset, type Scene } from './scene.ts'

/** The environment of a local grid. */
export function environmentConfig(scene: Scene) {
  const { surroundings, plan } = scene
  return {
    ...common(scene, 'environment'),
    ...surroundings,
    seed: plan.seed,
    utcOffsetSeconds: morningOffset(scene),
  }
}
