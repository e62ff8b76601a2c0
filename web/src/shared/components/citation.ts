import { useI18n } from 'vue-i18n';
import type { Article } from '../api';
import { placeInChinese, placeInEnglish, readCitation } from '../format/citation';

/** Articles by name. What the server has titled is taken as it is. */
export function useCitation() {
  const { t, te, locale } = useI18n();
  function cite(id: string): string {
    const read = readCitation(id);
    if (!read || !te(`shared.instruments.${read.instrument}`)) return id;
    const name = t(`shared.instruments.${read.instrument}`);
    return locale.value === 'en' ? `${name}, ${placeInEnglish(read)}` : `《${name}》${placeInChinese(read)}`;
  }
  return { cite, titleOf: (article: Article) => (article.title && article.title !== article.id ? article.title : cite(article.id)) };
}
