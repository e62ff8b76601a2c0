import type { components } from './schema';

export { api, ask, askFile, basePath, configureClient, postPlain, type NamedFile } from './client';
export * from './problem';
export { sendFile, type Sending } from './send-file';
export type { components, paths } from './schema';

/** A type of the server's document by its name: Schema<'User'>. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
