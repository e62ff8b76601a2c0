// Reads the tables of expectations: commas separate, the last column takes what is left, # starts a comment.

import { readFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);

export function readTable(name) {
  const lines = readFileSync(new URL(name, here), 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const titles = lines[0].split(',');
  return lines.slice(1).map((line) => {
    const cells = line.split(',');
    const last = cells.splice(titles.length - 1).join(',');
    return Object.fromEntries([...cells, last].map((cell, at) => [titles[at], cell.trim()]));
  });
}

/// Every operation of the committed document: { id, method, path, body and form (a schema or nothing) }.
export function readOperations() {
  const document = JSON.parse(readFileSync(new URL('../../docs/api/openapi.json', here), 'utf8'));
  const schemas = document.components.schemas;
  const operations = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      operations.push({
        id: operation.operationId,
        method: method.toUpperCase(),
        path: path.replace('/api/v1', ''),
        body: operation.requestBody?.content['application/json']?.schema,
        form: operation.requestBody?.content['multipart/form-data']?.schema,
      });
    }
  }
  return { operations, schemas };
}
