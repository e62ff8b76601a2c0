// The papers and photos of the case on the page: the list, sending one, and where its contents are.
import { api, ask, basePath, sendFile, type Schema, type Sending } from '@/shared/api';
import { useCasePart, type CaseFile } from '../file/case-file';

export type DocumentView = Schema<'DocumentView'>;
export type DocumentKind = Schema<'DocumentKind'>;

export const kinds = [
  'identity_paper', 'household_register', 'income_proof', 'property_proof', 'authorisation_letter', 'medical_proof',
  'disability_certificate', 'account_proof', 'visit_photo', 'appraisal_record', 'other',
] as const satisfies readonly DocumentKind[];

export const photoEndings = ['.jpg', '.jpeg', '.png'];
export const endings = [...photoEndings, '.pdf'];

/** Also for the forms that choose among them: one reading, whoever asks. */
export const useDocuments = () =>
  useCasePart('documents', ({ path }) => ask(api.GET('/cases/{county}/{case}/documents', { params: { path } })));

export interface About {
  kind: DocumentKind;
  person?: string;
  title?: string;
}

export function sendDocument(file: CaseFile, about: About, content: File, sending: Sending): Promise<Schema<'AddedDocumentView'>> {
  const body = new FormData();
  body.append('kind', about.kind);
  if (about.person) body.append('person', about.person);
  if (about.title) body.append('title', about.title);
  body.append('file', content, content.name);
  return sendFile('POST', `/cases/${file.county}/${file.id}/documents`, body, sending);
}

/** Each opening of this address is recorded. */
export const contentAddress = (file: CaseFile, document: string): string =>
  `${basePath}/cases/${file.county}/${file.id}/documents/${document}/content`;

export const isImage = (document: { media_type: string }): boolean => document.media_type.startsWith('image/');
