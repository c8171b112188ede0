export { createAdmin, type Admin } from './admin.ts'
export { startLocalGrid, type LocalGrid, type LocalGridOptions } from './local-grid.ts'
