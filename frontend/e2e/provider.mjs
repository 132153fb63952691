// oidc-provider, a certified OpenID Provider, with two people in it.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const port = 18082;
const rung = 'http://localhost:18083';
const people = {
  ada: {
    email: 'ada@example.test',
    email_verified: true,
    name: 'Ada Rossi',
    groups: ['people-team'],
  },
  bo: { email: 'bo@example.test', email_verified: true, name: 'Bo Tamm', groups: [] },
  eve: { email: 'ada@example.test', email_verified: false, name: 'Eve', groups: ['people-team'] },
};

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: 'rung',
      client_secret: 'secret-of-the-end-to-end-test',
      redirect_uris: [`${rung}/auth/callback`],
      post_logout_redirect_uris: [`${rung}/auth/signed-out`],
    },
  ],
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name'],
    groups: ['groups'],
  },
  scopes: ['openid', 'email', 'profile', 'groups'],
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  findAccount: (_ctx, id) =>
    people[id] ? { accountId: id, claims: () => ({ sub: id, ...people[id] }) } : undefined,
  cookies: { keys: ['end-to-end'] },
});

createServer(provider.callback()).listen(port, 'localhost');
