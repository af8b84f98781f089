/** Light, dark, or as the system has it: the choice of the documentation holds here too, and the other way round. */
import { LANGUAGES, LANGUAGE_NAMES } from '@buildrunner/sdk/languages'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { setLanguage, useLanguage } from '../text/language.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import { useShellText } from './shell-text.ts'

/** Starlight's own key; empty: as the system has it. */
const KEY = 'starlight-theme'
const THEMES = ['auto', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'auto'
  } catch {
    return 'auto'
  }
}

export function ThemeMenu(): ReactNode {
  const t = useShellText()
  const language = useLanguage()
  const [theme, setTheme] = useState(stored)
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)')
    const show = (): void => {
      document.documentElement.dataset['theme'] = theme === 'auto' ? (system.matches ? 'dark' : 'light') : theme
    }
    show()
    system.addEventListener('change', show)
    return () => system.removeEventListener('change', show)
  }, [theme])
  const choose = (value: Theme): void => {
    setTheme(value)
    try {
      localStorage.setItem(KEY, value === 'auto' ? '' : value)
    } catch {
      // storage is blocked: the choice lasts as long as the page
    }
  }
  return (
    <>
      <Menu className="top-button" items={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id], checked: id === language, choose: () => setLanguage(id) }))}>
        <span className="visually-hidden">{t('language')}</span>
        <span>{language.toUpperCase()}</span>
      </Menu>
      <Menu label={t('theme')} className="top-button" items={THEMES.map((id) => ({ id, label: t(`theme.${id}`), checked: id === theme, choose: () => choose(id) }))}>
        <Icon name="settings" />
      </Menu>
    </>
  )
}
