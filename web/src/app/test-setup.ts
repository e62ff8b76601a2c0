// Every component test gets the real texts, in Chinese.
import { config } from '@vue/test-utils';
import { i18n, useLanguage } from './i18n';

config.global.plugins = [i18n];
await useLanguage('zh-CN');
