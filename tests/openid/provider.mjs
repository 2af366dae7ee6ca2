// A real OpenID provider on this machine, for the tests: node provider.mjs SETTINGS.json
//
// Whoever signs in at its pages is who they say; what it tells about them is read from a file each time.
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const settings = JSON.parse(readFileSync(process.argv[2]));

const provider = new Provider(settings.issuer, {
  clients: settings.clients,
  cookies: { keys: ['tests'] },
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'preferred_username', 'groups', 'unit'],
  },
  features: {
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  // Its own guard keeps it from calling this machine, which is all there is here.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  findAccount: (ctx, sub) => ({
    accountId: sub,
    claims: () => ({ ...JSON.parse(readFileSync(settings.claims))[sub], sub }),
  }),
});

provider.on('server_error', (ctx, error) => console.error(error));
provider.on('backchannel.error', (ctx, error) => console.error(error));
provider.listen(new URL(settings.issuer).port, '127.0.0.1', () => console.log('ready'));
