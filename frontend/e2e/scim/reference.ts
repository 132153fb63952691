import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

type Stored = Record<string, unknown> & { id: string };

/** Keeps resources of one type in memory, with one unique attribute. */
function handlers(unique: string) {
  const rows = new Map<string, Stored>();
  // biome-ignore lint/suspicious/noExplicitAny: the resource and the instance have types of the library
  const ingress = (resource: any, instance: any) => {
    const id = resource.id ?? randomUUID();
    if (resource.id && !rows.has(id)) throw new SCIMMY.Types.Error(404, '', 'not found');
    const key = String(instance[unique]).toLowerCase();
    for (const row of rows.values())
      if (row.id !== id && String(row[unique]).toLowerCase() === key)
        throw new SCIMMY.Types.Error(409, 'uniqueness', 'taken');
    const stored = { ...JSON.parse(JSON.stringify(instance)), id };
    rows.set(id, stored);
    return stored;
  };
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const egress = (resource: any) => {
    if (resource.id) {
      const row = rows.get(resource.id);
      if (!row) throw new SCIMMY.Types.Error(404, '', 'not found');
      return row;
    }
    return resource.filter ? resource.filter.match([...rows.values()]) : [...rows.values()];
  };
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const degress = (resource: any) => {
    if (!rows.delete(resource.id)) throw new SCIMMY.Types.Error(404, '', 'not found');
  };
  return { ingress, egress, degress };
}

/** Starts SCIMMY, an implementation that shares nothing with ours. */
export async function startReference() {
  SCIMMY.Resources.declare(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false), {
    ...handlers('userName'),
  });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group, { ...handlers('displayName') });
  const app = express();
  app.use('/scim/v2', new SCIMMYRouters({ type: 'bearer', handler: () => 'provider' }));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/scim/v2`, stop: () => server.close() };
}
