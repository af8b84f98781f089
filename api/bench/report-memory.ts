/** On SIGUSR2 a served process says, after a collection, what it holds: a line `memory {...}` of `process.memoryUsage()`. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

process.on('SIGUSR2', () => {
  for (let round = 0; round < 3; round++) collect()
  console.log(`memory ${JSON.stringify(process.memoryUsage())}`)
})
