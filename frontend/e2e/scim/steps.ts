/** What every step knows: the ids that the tested server gave. */
export type Ids = Record<string, string>;

export interface Step {
  name: string;
  method: string;
  path: (ids: Ids) => string;
  body?: (ids: Ids) => unknown;
  /** Stores the id of the answer under this name. */
  keep?: string;
}

export const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export function person(key: string, number: string) {
  return {
    schemas: [user, enterprise],
    userName: `${key}@scim.example`,
    externalId: `ext-${key}`,
    displayName: `${key} Tester`,
    name: { formatted: `${key} Tester`, givenName: key, familyName: 'Tester' },
    title: 'Engineer',
    active: true,
    timezone: 'Europe/Berlin',
    emails: [{ value: `${key}@scim.example`, type: 'work', primary: true }],
    addresses: [{ type: 'work', locality: 'Berlin', country: 'DE' }],
    [enterprise]: { employeeNumber: number, department: 'Provisioned' },
  };
}

const patch = (...Operations: unknown[]) => ({ schemas: [patchOp], Operations });
const filter = (text: string) => `?filter=${encodeURIComponent(text)}`;
const one = (ids: Ids) => `/Users/${ids.una}`;
const team = (ids: Ids) => `/Groups/${ids.team}`;
const nobody = '00000000-0000-7000-8000-000000000000';

/** The same requests go to both servers. The answers are compared after each. */
export const steps: Step[] = [
  {
    name: 'nobody yet',
    method: 'GET',
    path: () => `/Users${filter('userName eq "una@scim.example"')}`,
  },
  {
    name: 'a user',
    method: 'POST',
    path: () => '/Users',
    body: () => person('una', 'S-1'),
    keep: 'una',
  },
  {
    name: 'a second user',
    method: 'POST',
    path: () => '/Users',
    body: () => person('duo', 'S-2'),
    keep: 'duo',
  },
  {
    name: 'the same name again',
    method: 'POST',
    path: () => '/Users',
    body: () => person('una', 'S-3'),
  },
  { name: 'no user name', method: 'POST', path: () => '/Users', body: () => ({ schemas: [user] }) },
  { name: 'read', method: 'GET', path: one },
  { name: 'read some', method: 'GET', path: (i) => `${one(i)}?attributes=userName,title` },
  {
    name: 'read without',
    method: 'GET',
    path: (i) => `${one(i)}?excludedAttributes=emails,addresses`,
  },
  { name: 'read nobody', method: 'GET', path: () => `/Users/${nobody}` },
  {
    name: 'find by name',
    method: 'GET',
    path: () => `/Users${filter('userName eq "una@scim.example"')}`,
  },
  {
    name: 'find by external id',
    method: 'GET',
    path: () => `/Users${filter('externalId eq "ext-duo"')}`,
  },
  {
    name: 'find by the start',
    method: 'GET',
    path: () => `/Users${filter('userName sw "una@scim"')}`,
  },
  {
    name: 'find by two',
    method: 'GET',
    path: () => `/Users${filter('externalId eq "ext-una" and active eq true')}`,
  },
  { name: 'find nobody', method: 'GET', path: () => `/Users${filter('externalId eq "none"')}` },
  {
    name: 'a filter that is none',
    method: 'GET',
    path: () => `/Users${filter('userName near "x"')}`,
  },
  {
    name: 'put',
    method: 'PUT',
    path: one,
    body: () => ({ ...person('una', 'S-1'), title: 'Senior engineer' }),
  },
  {
    name: 'put nobody',
    method: 'PUT',
    path: () => `/Users/${nobody}`,
    body: () => person('x', 'S-9'),
  },
  {
    name: 'patch a text',
    method: 'PATCH',
    path: one,
    body: () => patch({ op: 'replace', path: 'title', value: 'Lead' }),
  },
  {
    name: 'patch by an expression',
    method: 'PATCH',
    path: one,
    body: () =>
      patch({ op: 'replace', path: 'emails[type eq "work"].value', value: 'una2@scim.example' }),
  },
  {
    name: 'patch without a path',
    method: 'PATCH',
    path: one,
    body: () => patch({ op: 'replace', value: { title: 'Engineer', timezone: 'Europe/Paris' } }),
  },
  {
    name: 'patch the extension',
    method: 'PATCH',
    path: one,
    body: () => patch({ op: 'replace', path: `${enterprise}:department`, value: 'Design' }),
  },
  {
    name: 'patch the manager',
    method: 'PATCH',
    path: one,
    body: (i) => patch({ op: 'add', path: `${enterprise}:manager`, value: { value: i.duo } }),
  },
  {
    name: 'several at once',
    method: 'PATCH',
    path: one,
    body: () =>
      patch(
        { op: 'replace', path: 'addresses[type eq "work"].locality', value: 'Paris' },
        { op: 'replace', path: 'addresses[type eq "work"].country', value: 'FR' },
        { op: 'remove', path: 'title' },
      ),
  },
  {
    name: 'an unknown path',
    method: 'PATCH',
    path: one,
    body: () => patch({ op: 'replace', path: 'shoeSize', value: '9' }),
  },
  {
    name: 'an unknown operation',
    method: 'PATCH',
    path: one,
    body: () => patch({ op: 'move', path: 'title', value: 'x' }),
  },
  {
    name: 'no operation',
    method: 'PATCH',
    path: one,
    body: () => ({ schemas: [patchOp], Operations: [] }),
  },
  {
    name: 'patch nobody',
    method: 'PATCH',
    path: () => `/Users/${nobody}`,
    body: () => patch({ op: 'replace', path: 'title', value: 'x' }),
  },
  {
    name: 'deactivate',
    method: 'PATCH',
    path: one,
    body: () => patch({ op: 'replace', path: 'active', value: false }),
  },
  {
    name: 'find the inactive',
    method: 'GET',
    path: () => `/Users${filter('externalId eq "ext-una" and active eq false')}`,
  },
  {
    name: 'activate',
    method: 'PATCH',
    path: one,
    body: () => patch({ op: 'replace', path: 'active', value: true }),
  },
  {
    name: 'a group',
    method: 'POST',
    path: () => '/Groups',
    body: (i) => ({
      schemas: [group],
      displayName: 'scim-team',
      externalId: 'g-1',
      members: [{ value: i.una }],
    }),
    keep: 'team',
  },
  {
    name: 'the same group again',
    method: 'POST',
    path: () => '/Groups',
    body: () => ({ schemas: [group], displayName: 'scim-team' }),
  },
  {
    name: 'find the group',
    method: 'GET',
    path: () => `/Groups${filter('displayName eq "scim-team"')}`,
  },
  {
    name: 'add a member',
    method: 'PATCH',
    path: team,
    body: (i) => patch({ op: 'add', path: 'members', value: [{ value: i.duo }] }),
  },
  {
    name: 'remove a member',
    method: 'PATCH',
    path: team,
    body: (i) => patch({ op: 'remove', path: `members[value eq "${i.una}"]` }),
  },
  {
    name: 'rename the group',
    method: 'PATCH',
    path: team,
    body: () => patch({ op: 'replace', path: 'displayName', value: 'scim-crew' }),
  },
  {
    name: 'put the group',
    method: 'PUT',
    path: team,
    body: (i) => ({
      schemas: [group],
      displayName: 'scim-crew',
      members: [{ value: i.duo }, { value: i.una }],
    }),
  },
  { name: 'delete the group', method: 'DELETE', path: team },
  { name: 'read the deleted group', method: 'GET', path: team },
  { name: 'delete it again', method: 'DELETE', path: team },
  { name: 'delete a user', method: 'DELETE', path: one },
  { name: 'delete the other', method: 'DELETE', path: (i) => `/Users/${i.duo}` },
  { name: 'delete nobody', method: 'DELETE', path: () => `/Users/${nobody}` },
];
