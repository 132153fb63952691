import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binary = '../../bin/rung';

const folder = process.env.RUNG_E2E_FOLDER ?? mkdtempSync(join(tmpdir(), 'rung-e2e-'));
process.env.RUNG_E2E_FOLDER = folder; // the workers load this file again

/** The logs of the servers. They must not hold anybody's pay or a secret. */
export const logs = { demo: join(folder, 'demo.log'), rung: join(folder, 'rung.log') };

/** The synthetic company with its built-in identity provider. */
export const demo = {
  url: 'http://localhost:18081',
  command: `${binary} demo --addr localhost:18081 > ${logs.demo} 2>&1`,
};

/** An independent, certified identity provider. */
export const provider = {
  url: 'http://localhost:18082',
  command: 'node provider.mjs',
};

/** A real installation that uses that provider, with people from a file. */
export const rung = {
  url: 'http://localhost:18083',
  command: `(${binary} people import people.csv && exec ${binary} serve) > ${logs.rung} 2>&1`,
  env: {
    RUNG_DATABASE_URL: `sqlite:${join(folder, 'rung.db')}`,
    RUNG_PUBLIC_URL: 'http://localhost:18083',
    RUNG_ADDR: 'localhost:18083',
    RUNG_COMPANY: 'Example',
    RUNG_OIDC_ISSUER: 'http://localhost:18082',
    RUNG_OIDC_CLIENT_ID: 'rung',
    RUNG_OIDC_CLIENT_SECRET: 'secret-of-the-end-to-end-test',
    RUNG_OIDC_ROLES: 'people-team=hr',
  },
};
