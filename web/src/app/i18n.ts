// Texts live beside their feature (features/<name>/texts/<language>.json) and are found under its name: t('users.title').
// One file per language is built; only the one in use is loaded.
import { nextTick } from 'vue';
import { createI18n } from 'vue-i18n';
import { storeLanguage, storedLanguage, type Language } from '@/shared/language';

const loaders: Record<Language, () => Promise<{ texts: Record<string, unknown> }>> = {
  'zh-CN': () => import('./texts/zh-CN'),
  en: () => import('./texts/en'),
};

export const i18n = createI18n({
  legacy: false,
  locale: storedLanguage(),
  // No fallback: a text that is missing in one language fails a test instead of showing up in the other language.
  fallbackLocale: false,
  messages: {},
});

const loaded = new Set<Language>();

export async function useLanguage(language: Language): Promise<void> {
  if (!loaded.has(language)) {
    i18n.global.setLocaleMessage(language, (await loaders[language]()).texts as never);
    loaded.add(language);
  }
  (i18n.global.locale as unknown as { value: Language }).value = language;
  document.documentElement.lang = language;
  storeLanguage(language);
  await nextTick();
}

export const currentLanguage = (): Language => (i18n.global.locale as unknown as { value: Language }).value;
