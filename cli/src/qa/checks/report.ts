/** Reports of tests and of coverage, which a command wrote. */
import type { CoverageCheck, JunitCheck } from '@buildrunner/sdk/plans'
import { CoverageReader, joinCoverage, joinJunit, judgeCoverage, judgeJunit, JunitReader, ReportError } from '@buildrunner/sdk/quality'
import path from 'node:path'
import { CheckError, type Attempt, type CheckContext } from '../check.ts'
import { filesOf, openFile } from '../files.ts'

const MOST_BYTES = 256_000_000

interface Reader<Report> {
  write(chunk: string): void
  end(): Report
}

/** One report. What declares no other encoding is UTF-8. @throws CheckError */
async function read<Report>(file: string, name: string, reader: Reader<Report>): Promise<Report> {
  let decoder: TextDecoder | undefined
  try {
    for await (const chunk of openFile(file, name, MOST_BYTES)) {
      decoder ??= new TextDecoder(encodingOf(chunk as Buffer))
      reader.write(decoder.decode(chunk as Buffer, { stream: true }))
    }
    reader.write(decoder?.decode() ?? '')
    return reader.end()
  } catch (error) {
    if (error instanceof ReportError) throw new CheckError(`${name} cannot be understood: ${error.message}`)
    throw error
  }
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const [, declared = 'utf-8'] = /^<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]{1,40})["']/.exec(start.toString('latin1', 0, 200)) ?? []
  try {
    return new TextDecoder(declared).encoding
  } catch {
    throw new ReportError(`it is in ${declared}, which is not known`)
  }
}

async function readAll<Report>(pattern: string, { root }: CheckContext, newReader: () => Reader<Report>): Promise<Report[]> {
  const files = await filesOf(root, pattern, 'file')
  if (files.length === 0) throw new CheckError(`there is no report ${pattern}`)
  const reports: Report[] = []
  for (const file of files) reports.push(await read(file, path.relative(root, file), newReader()))
  return reports
}

export async function checkJunit(check: JunitCheck, context: CheckContext): Promise<Attempt> {
  const { outcome, message, output } = judgeJunit(joinJunit(await readAll(check.path, context, () => new JunitReader())), check)
  return { outcome, message, output: context.mask(output) }
}

export async function checkCoverage(check: CoverageCheck, context: CheckContext): Promise<Attempt> {
  return judgeCoverage(joinCoverage(await readAll(check.path, context, () => new CoverageReader())), check)
}
