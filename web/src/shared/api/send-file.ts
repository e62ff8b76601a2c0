// Uploads go through XMLHttpRequest: fetch cannot tell how much has been sent.
import { basePath, commonHeaders, refusal } from './client';
import { localKeys, localProblem, ProblemError } from './problem';

export interface Sending {
  /** From 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Sends a body to `path` (below /api/v1) and gives the parsed answer; throws ProblemError, or AbortError when stopped. */
export function sendFile<T>(method: 'POST' | 'PUT', path: string, body: FormData | Blob, sending: Sending = {}): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, basePath + path);
    for (const [name, value] of Object.entries(commonHeaders(method))) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) sending.onProgress?.(event.loaded / event.total);
    };
    request.onerror = () => reject(new ProblemError(localProblem(localKeys.unreachable)));
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(answer as T);
      else reject(refusal(request.status, answer));
    };
    sending.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // empty, or a proxy's page: problemFrom calls that unreadable
  }
}
