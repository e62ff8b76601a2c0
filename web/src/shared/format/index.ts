import { useI18n } from 'vue-i18n';
import type { Language } from '../language';
import { formatDate, formatInstant, formatMonth } from './dates';

export * from './dates';
export * from './money';
export * from './months';
export * from './numbers';

/** The formatters that depend on the language, bound to the one on the screen. */
export function useFormat() {
  const { locale } = useI18n();
  const language = () => locale.value as Language;
  return {
    date: (text: string | null | undefined) => formatDate(text, language()),
    month: (text: string | null | undefined) => formatMonth(text, language()),
    instant: (text: string | null | undefined) => formatInstant(text, language()),
  };
}
