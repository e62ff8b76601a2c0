// What a scenario needs to play an office: sign in as somebody of the demonstration, ask, act, let days pass.

const base = () => process.env.BASE_URL;
const password = (process.env.JIUZHU_ADMIN ?? ':jiuzhu-demo-1').split(':')[1];

/// One person at a desk. `act` expects success, `refused` a refusal with that key; both return the answer.
export class Desk {
  static async of(login) {
    const desk = new Desk();
    desk.login = login;
    await desk.signIn();
    return desk;
  }

  async signIn(secret = password) {
    this.cookie = '';
    this.token = '';
    const answer = await this.send('POST', '/session', { login: this.login, password: secret });
    if (answer.status !== 200) throw new Error(`${this.login} cannot sign in: ${JSON.stringify(answer.body)}`);
    this.token = answer.body.csrf_token;
    this.today = answer.body.today;
    this.user = answer.body.user.id;
  }

  async send(method, path, body) {
    const headers = { 'accept-language': 'en', 'x-csrf-token': this.token, cookie: this.cookie };
    const isForm = body instanceof FormData; // fetch gives it its boundary
    if (body !== undefined && !isForm) headers['content-type'] = 'application/json';
    const response = await fetch(`${base()}/api/v1${path}`, { method, headers, body: isForm ? body : body && JSON.stringify(body) });
    const cookie = response.headers.get('set-cookie');
    if (cookie) this.cookie = cookie.split(';')[0];
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, body: isJson ? JSON.parse(bytes.toString()) : bytes };
  }

  async act(method, path, body) {
    const answer = await this.send(method, path, body);
    if (answer.status >= 300) throw new Error(`${this.login} ${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /// Expects a refusal with `key`, resting on an article that starts with `law` where one is given.
  async refused(key, law, method, path, body) {
    const answer = await this.send(method, path, body);
    const articles = (answer.body.law ?? []).map((article) => article.id);
    if (answer.status < 400 || answer.body.key !== key || (law && !articles.some((id) => id.startsWith(law)))) {
      throw new Error(`${this.login} ${method} ${path}: expected ${key} (${law}), got ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
}

/// A document as a browser uploads it.
export function paper(kind, contents, name = 'paper.jpg') {
  const form = new FormData();
  form.append('kind', kind);
  form.append('file', new Blob([contents], { type: 'image/jpeg' }), name);
  return form;
}

export const photo = (text) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(text)]);

/// Sessions end when days pass; whoever goes on signs in again.
export async function passDays(days, ...desks) {
  const answer = await fetch(`${base()}/api/v1/demo/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ days }),
  });
  if (answer.status !== 200) throw new Error('the demonstration clock does not move');
  for (const desk of desks) await desk.signIn();
}

/// A valid citizen number with the prefix that was never assigned (GB 11643).
export function citizenNumber(birthDate, sequence) {
  const digits = `140399${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits + '10X98765432'[sum % 11];
}
