/** Icons, drawn on a grid of 16. They never stand alone: a text or a label beside them says the same. */
import type { ReactNode } from 'react'

const PATHS = {
  add: 'M8 3v10M3 8h10',
  alert: 'M8 2.2 14.5 13.5h-13ZM8 6.2v3.4M8 11.6v.1',
  bell: 'M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.6H2.8ZM6.6 14.2h2.8',
  check: 'm3 8.6 3.2 3.2L13 5',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  clock: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM8 4.8V8l2.2 1.6',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  cloud: 'M4.6 12.6a3 3 0 0 1-.3-6 4 4 0 0 1 7.6 1 2.6 2.6 0 0 1-.3 5Z',
  comment: 'M2.2 3.2h11.6v8H7.4L4.4 14v-2.8H2.2Z',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  edit: 'm2.8 13.2.7-3 7.2-7.2 2.3 2.3-7.2 7.2ZM9.2 4.5l2.3 2.3',
  filter: 'M2 3.5h12L9.6 8.6v4.2l-3.2 1V8.6Z',
  graph: 'M3.6 5.6a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM12.4 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM3.6 14.4a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM5.5 4.4l5 2.7M5.5 11.6l5-2.7',
  key: 'M5.4 11.6a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8.2 8.6h6.2M12 8.8v2.6',
  link: 'M6.6 9.4a2.8 2.8 0 0 0 4 0l2.2-2.2a2.8 2.8 0 1 0-4-4l-.9.9M9.4 6.6a2.8 2.8 0 0 0-4 0L3.2 8.8a2.8 2.8 0 1 0 4 4l.9-.9',
  menu: 'M2 4h12M2 8h12M2 12h12',
  more: 'M3.4 8h.1M8 8h.1M12.6 8h.1',
  offline: 'm2 2 12 12M4.6 12.6a3 3 0 0 1-.3-6M7.4 4a4 4 0 0 1 4.5 3.6 2.6 2.6 0 0 1 1.6 3.2',
  people: 'M6 7.4a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM1.6 13.6a4.4 4.4 0 0 1 8.8 0M10.8 7.4a2.3 2.3 0 0 0 0-4.6M12 9.6a4.2 4.2 0 0 1 2.6 4',
  person: 'M8 7.6a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM2.8 14a5.2 5.2 0 0 1 10.4 0',
  plan: 'M2 3.5h12M4.5 8H14M7 12.5h7',
  print: 'M4.5 6V2h7v4M4.5 12h-2V6h11v6h-2M4.5 9.5h7V14h-7Z',
  quality: 'M8 1.8 13.4 4v4c0 3.2-2.2 5.4-5.4 6.4C4.8 13.4 2.6 11.2 2.6 8V4Zm-2.4 6 1.8 1.8 3-3.2',
  refresh: 'M13.4 8A5.4 5.4 0 1 1 11.8 4.2L13.4 5.8M13.4 2.4v3.4H10',
  rules: 'M3.2 2h7l2.6 2.6V14H3.2ZM5.6 7h4.8M5.6 9.6h4.8M5.6 12H8',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.6 10.6 14 14',
  settings: 'M2 4.5h6M11 4.5h3M8 2.8v3.4M2 11.5h3M8 11.5h6M5.6 9.8v3.4',
  reply: 'M6.5 3.5 2.5 7.5l4 4M2.5 7.5h6a5 5 0 0 1 5 5',
  smile: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM5.4 9.4a3 3 0 0 0 5.2 0M6 6.2v.1M10 6.2v.1',
  sync: 'M2.8 7A5.4 5.4 0 0 1 12.6 5M13.2 9A5.4 5.4 0 0 1 3.4 11M12.8 2v3h-3M3.2 14v-3h3',
  timeline: 'M2 3.5h6M5 8h6M9 12.5h5M2 1.5v13',
  trash: 'M2.8 4.2h10.4M6 4.2V2.4h4v1.8M4.2 4.2l.6 9.4h6.4l.6-9.4',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, className = '' }: { readonly name: IconName; readonly className?: string }): ReactNode {
  return (
    <svg className={`icon ${className}`} viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
