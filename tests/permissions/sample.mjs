// The least body that an operation takes, made from its schema, so that a new route needs no body written by hand. Only
// where a rule looks at the content before anybody is asked who he is does `contents` say what to send.

import { citizenNumber } from '../scenarios/client.mjs';

const reasons = [{ article: 'DB-2012/4', text: '家庭人均收入高于标准' }];
const contents = {
  proposeRefusal: { reasons },
  refuseCase: { reasons },
  searchCasesByPerson: { citizen_number: citizenNumber('1950-01-01', 7) },
  searchOfficers: { name: '赵铁' },
  adjustAward: { reasons, from_month: '2019-09', amount: '1.00' },
  endAward: { last_month: '2019-09' },
  prepareStandardChange: { from_month: '2019-09' },
  recordStandard: { valid_from: '2019-09' },
  preparePaymentRun: { month: '2030-09' },
  addDocument: { kind: 'other', file: '\u00ff\u00d8\u00ff\u00e0 a photo' },
};

function valueOf(schema, schemas) {
  if (schema.$ref) return valueOf(schemas[schema.$ref.split('/').at(-1)], schemas);
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, valueOf(schema.properties[name], schemas)]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => valueOf(schema.items, schemas));
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    default:
      return textOf(schema);
  }
}

function textOf(schema) {
  if (schema.format === 'date') return '2019-08-05';
  if (schema.format === 'uuid') return '00000000-0000-7000-8000-000000000001';
  if (schema.format === 'date-time') return '2019-08-05T01:00:00Z';
  if (schema.pattern?.includes('[0-9]{6}|')) return '140302001001'; // a place
  if (schema.pattern?.endsWith('-[0-9]{2}$')) return '2019-08'; // a month
  if (schema.pattern?.includes('\\.')) return '1.00'; // an amount
  return '样'.repeat(Math.max(schema.minLength ?? 1, 2));
}

/// Versions are 0, which no case has: who may act is told that the case has changed, and nothing happens.
export function sampleBody(operation, schemas) {
  if (operation.form) return sampleForm(operation);
  if (!operation.body) return undefined;
  return { ...valueOf(operation.body, schemas), ...contents[operation.id] };
}

function sampleForm(operation) {
  const form = new FormData();
  for (const name of operation.form.required) {
    const content = contents[operation.id]?.[name] ?? '样样';
    form.append(name, operation.form.properties[name].format === 'binary' ? new Blob([Buffer.from(content, 'latin1')]) : content);
  }
  return form;
}
