import { model, r, rw, text } from './layout.ts'

/** Who made the device. */
export const common = model(1, {
  Mn: text(16),
  Md: text(16),
  Opt: text(8),
  Vr: text(8),
  SN: text(16),
  DA: rw('uint16'),
  Pad: r('pad'),
})
