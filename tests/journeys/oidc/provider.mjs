// A real OpenID provider (oidc-provider) with invented people, in the place of the national
// portal. Reads its settings as JSON from the first argument, prints one JSON line when ready:
//   { port, redirect, client, secret, cert, key }
// A person signs in by one button of a page; another declines.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

import { Provider } from 'oidc-provider';

const settings = JSON.parse(process.argv[2]);
const issuer = `https://127.0.0.1:${settings.port}`;

const lin = {
  name: '林知微',
  document_kind: 'resident_id',
  document_number: '230102199705180024',
  mobile: '13904510037',
  level: 4,
};
const company = {
  credit_code: '91230102MA1B2C3D8J',
  organisation_name: '北疆云杉科技（哈尔滨）有限公司',
  role: 'legal_representative',
};
// Every person and enterprise is fictional.
const people = {
  representative: { ...lin, ...company },
  operator: {
    ...company,
    name: '周雪青',
    document_kind: 'resident_id',
    document_number: '230102197001020015',
    level: 3,
    role: 'operator',
  },
  elsewhere: {
    ...lin,
    credit_code: '91310115MA1K4ELW2U',
    organisation_name: '申浦样例数据服务（上海）有限公司',
    role: 'legal_representative',
  },
  low: { ...lin, ...company, level: 1 },
  wrong: { ...lin, ...company, credit_code: '91230102MA1B2C3D8X' },
  person: lin,
};

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: settings.client,
      client_secret: settings.secret,
      redirect_uris: [settings.redirect],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'journey' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  scopes: ['openid', 'person', 'organisation'],
  claims: {
    openid: ['sub'],
    person: ['name', 'document_kind', 'document_number', 'mobile', 'level'],
    organisation: ['credit_code', 'organisation_name', 'role'],
  },
  // What decides who somebody is must be signed: into the ID token.
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  ttl: { Interaction: 600, Session: 600, Grant: 600, IdToken: 300, AccessToken: 300 },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: `cn-${id}`, ...people[id] }) }),
  renderError: (context, out) => {
    context.type = 'text/plain';
    context.body = JSON.stringify(out);
  },
});

const page = (uid) => `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<title>样例国家平台</title><form method="post" action="/interaction/${uid}">
${Object.keys(people).map((id) => `<button name="person" value="${id}">${id}</button>`).join('\n')}
<button name="person" value="">decline</button></form>`;

const body = async (request) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
};

const interact = async (request, response) => {
  const details = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page(details.uid));
    return;
  }
  const person = (await body(request)).get('person');
  if (!Object.hasOwn(people, person)) {
    const denied = { error: 'access_denied', error_description: 'declined' };
    await provider.interactionFinished(request, response, denied);
    return;
  }
  const grant = new provider.Grant({ accountId: person, clientId: settings.client });
  grant.addOIDCScope('openid person organisation');
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, {
    login: { accountId: person, remember: false },
    consent: { grantId },
  });
};

const callback = provider.callback();
const tls = { cert: readFileSync(settings.cert), key: readFileSync(settings.key) };
createServer(tls, (request, response) => {
  if (!request.url.startsWith('/interaction/')) {
    callback(request, response);
    return;
  }
  interact(request, response).catch((error) => {
    response.statusCode = 400;
    response.end(String(error));
  });
}).listen(settings.port, '127.0.0.1', () => console.log(JSON.stringify({ ready: true, issuer })));
