/** The figures as files. */
import type { ReactNode } from 'react'
import { useAction } from '../../data/use-action.ts'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'
import { Menu } from '../../ui/menu.tsx'
import { ErrorNotice } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { useQualityText } from './quality-text.ts'

const REPORTS = ['MICROSTEPS', 'THROUGHPUT', 'BURN_UP', 'AGEING', 'STATUS_HISTORY', 'FORECAST'] as const
const FORMATS = ['CSV', 'JSON'] as const

export function ExportMenu(): ReactNode {
  const t = useQualityText()
  const { client } = useSession()
  const { project } = useOpenProject()
  const save = useAction((report: (typeof REPORTS)[number], format: (typeof FORMATS)[number]) => client.analytics.export({ projectId: project.id, report, format }))
  const items = REPORTS.flatMap((report) =>
    FORMATS.map((format) => ({
      id: `${report} ${format}`,
      label: `${t(`report.${report}`)} (${format})`,
      choose: () => void save.run(report, format).then((file) => file && saveFile(file.fileName, [file.content], file.contentType)),
    })),
  )
  return (
    <>
      <Menu items={items}>{t('export')}</Menu>
      <ErrorNotice error={save.error} dismiss={save.clear} />
    </>
  )
}
