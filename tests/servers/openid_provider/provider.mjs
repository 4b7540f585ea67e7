// A certified OpenID provider for the tests: who signs in types a name, and is whom the accounts below say.
import { Provider } from 'oidc-provider';
const [port, callback, people] = process.argv.slice(2);
const known = JSON.parse(people);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: 'dateline', client_secret: 'secret', redirect_uris: [callback] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], roles: ['roles'] },
  scopes: ['openid', 'email', 'profile', 'roles'],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (context, id) => known[id] && { accountId: id, claims: () => ({ sub: id, ...known[id] }) },
});
const server = provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
