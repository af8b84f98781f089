import './flow-types.ts'
import './time-types.ts'
import './queries.ts'
