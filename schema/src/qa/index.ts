import './types.ts'
import './figure-types.ts'
import './queries.ts'
import './mutations.ts'
