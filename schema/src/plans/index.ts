import './types.ts'
import './queries.ts'
import './item-mutations.ts'
import './mutations.ts'
