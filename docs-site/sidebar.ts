/** The sidebar of the documentation, in the order of a reader's first week. */
import type { StarlightUserConfig } from '@astrojs/starlight/types'

type Sidebar = NonNullable<StarlightUserConfig['sidebar']>

/** A reference that `buildrunner/scripts/site/references.ts` writes: a group that is closed until one reads in it. */
const generated = (directory: string, label: string, translations: Readonly<Record<'es' | 'fr' | 'de', string>>): Sidebar[number] =>
  ({ label, translations, collapsed: true, items: [{ autogenerate: { directory: `reference/${directory}` } }] })

export const sidebar: Sidebar = [
  {
    label: 'Start', translations: { es: 'Primeros pasos', fr: 'Premiers pas', de: 'Einstieg' },
    items: ['start/quickstart', 'start/install'],
  },
  {
    label: 'Concepts', translations: { es: 'Conceptos', fr: 'Concepts', de: 'Konzepte' }, collapsed: true,
    items: [
      'concepts', 'concepts/plans-as-code', 'concepts/ids-and-keys', 'concepts/sync', 'concepts/requests-and-errors', 'concepts/events', 'concepts/critical-path',
      'concepts/governance', 'concepts/evidence-and-quality', 'concepts/comments', 'concepts/audit-log', 'concepts/roles-and-permissions', 'concepts/offline',
    ],
  },
  {
    label: 'Guides', translations: { es: 'Guías', fr: 'Guides', de: 'Anleitungen' },
    items: [
      'guides',
      {
        label: 'With a plan', translations: { es: 'Con un plan', fr: 'Avec un plan', de: 'Mit einem Plan' },
        items: ['guides/console', 'guides/import-a-plan', 'guides/sync-and-pull-request', 'guides/detect-drift', 'guides/work-offline', 'guides/forecast', 'guides/write-templates'],
      },
      {
        label: 'With others', translations: { es: 'Con otras personas', fr: 'À plusieurs', de: 'Mit anderen' },
        items: ['guides/people-and-keys', 'guides/notifications', 'guides/governance-in-ci', 'guides/collect-evidence', 'guides/verify-the-audit-log'],
      },
      {
        label: 'In your program', translations: { es: 'En su programa', fr: 'Dans votre programme', de: 'Im eigenen Programm' },
        items: ['guides/use-rest', 'guides/realtime-comments', 'guides/webhooks', 'guides/test-without-a-server'],
      },
      {
        label: 'As an operator', translations: { es: 'Como operador', fr: 'En tant qu’exploitant', de: 'Als Betreiber' },
        items: ['guides/deploy', 'guides/scale-out', 'guides/operate'],
      },
    ],
  },
  {
    label: 'Recipes', translations: { es: 'Recetas', fr: 'Recettes', de: 'Rezepte' }, collapsed: true,
    items: [
      'recipes', 'recipes/what-is-blocked', 'recipes/iterate-pages', 'recipes/handle-each-error', 'recipes/cancel-and-time-out', 'recipes/idempotent-job', 'recipes/watch-with-resume',
      'recipes/export-audit-nightly', 'recipes/what-if', 'recipes/typed-document', 'recipes/urql-page', 'recipes/progress-badge', 'recipes/many-plans',
    ],
  },
  {
    label: 'Reference', translations: { es: 'Referencia', fr: 'Référence', de: 'Referenz' },
    items: [
      'reference',
      generated('sdk', 'TypeScript SDK', { es: 'SDK de TypeScript', fr: 'SDK TypeScript', de: 'TypeScript-SDK' }),
      generated('cli', 'Command line', { es: 'Línea de comandos', fr: 'Ligne de commande', de: 'Befehlszeile' }),
      generated('rest', 'REST', { es: 'REST', fr: 'REST', de: 'REST' }),
      generated('graphql', 'GraphQL', { es: 'GraphQL', fr: 'GraphQL', de: 'GraphQL' }),
      generated('formats', 'File formats', { es: 'Formatos de archivo', fr: 'Formats de fichier', de: 'Dateiformate' }),
      'reference/errors', 'reference/configuration', 'reference/permissions', 'reference/policy',
    ],
  },
  {
    label: 'More', translations: { es: 'Más', fr: 'En savoir plus', de: 'Mehr' },
    items: [
      { slug: 'troubleshooting', label: 'Error codes', translations: { es: 'Códigos de error', fr: 'Codes d’erreur', de: 'Fehlercodes' } },
      'changelog', 'accessibility', 'security',
    ],
  },
]
