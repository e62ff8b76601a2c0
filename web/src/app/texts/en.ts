import { gather } from './gather';

export const texts = gather({
  ...import.meta.glob('/src/{app,shared}/texts/en.json', { eager: true, import: 'default' }),
  ...import.meta.glob('/src/features/**/texts/en.json', { eager: true, import: 'default' }),
});
