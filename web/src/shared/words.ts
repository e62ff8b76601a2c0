// Enumerations of the server's document that several features list in full. A word that the document lost fails to compile.
import type { Schema } from './api';

export const programmes = ['urban_minimum_living', 'rural_minimum_living'] as const satisfies readonly Schema<'CaseProgramme'>[];

export const accountKinds = ['passbook', 'bank_card'] as const satisfies readonly Schema<'AccountKind'>[];
