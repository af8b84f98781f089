/**
 * Property tests draw the same cases on every run, so that a red build is red for everybody. FC_SEED=random draws new
 * ones, FC_SEED=<number> those of a failure that fast-check reported.
 */
import fc from 'fast-check'

const wanted = process.env['FC_SEED'] ?? '20261121'
const seed = wanted === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(wanted)
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
