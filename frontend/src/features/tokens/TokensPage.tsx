import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dueWords } from '../../components/format';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { CopyText } from './CopyText';
import { NewToken } from './NewToken';
import { type Token, tokensQuery, useRevokeToken } from './queries';
import classes from './tokens.module.css';

export default function TokensPage() {
  const tokens = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  return (
    <QueryPage query={tokens} title="Provisioning" what="The list of tokens">
      {({ items }) => (
        <Page
          title="Provisioning"
          subtitle="Your identity provider brings people and groups into Rung through SCIM 2.0. Anybody deactivated there is signed out here at once."
          action={
            <Button variant="filled" onClick={() => setMaking(true)}>
              New token
            </Button>
          }
        >
          <div className={classes.stack}>
            <Address />
            {items.length === 0 ? (
              <Empty title="No token yet">
                Create one and give it to the provider together with the address above.
              </Empty>
            ) : (
              <TokenTable tokens={items} />
            )}
            <Help />
          </div>
          {making && <NewToken onClose={() => setMaking(false)} />}
        </Page>
      )}
    </QueryPage>
  );
}

function Address() {
  return (
    <Panel title="Address for the provider">
      <div className={classes.body}>
        <CopyText text={`${window.location.origin}/scim/v2`} what="address" />
      </div>
    </Panel>
  );
}

const stateWords = { active: 'Active', expired: 'Expired', revoked: 'Revoked' };

function TokenTable({ tokens }: { tokens: Token[] }) {
  const [revoking, setRevoking] = useState<Token>();
  return (
    <Panel title="Tokens">
      <table className={cx(table.table, table.list)} aria-label="Tokens">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col">Access</th>
            <th scope="col">Last used</th>
            <th scope="col">Expires</th>
            <th scope="col">Created by</th>
            <th scope="col" className={ui.right}>
              Next
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.id}>
              <th scope="row">
                {token.name} <span className={ui.muted}>…{token.hint}</span>
              </th>
              <td>
                <Chip>{stateWords[token.state]}</Chip>
              </td>
              <td>{token.scopes.includes('scim:write') ? 'read and change' : 'read'}</td>
              <td>{token.usedAt ? dueWords(token.usedAt) : 'never'}</td>
              <td>{dueWords(token.expiresAt)}</td>
              <td>{token.createdBy.name}</td>
              <td className={ui.right}>
                {token.state === 'active' && (
                  <Button size="xs" onClick={() => setRevoking(token)}>
                    Revoke
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {revoking && <Revoke token={revoking} onClose={() => setRevoking(undefined)} />}
    </Panel>
  );
}

function Revoke({ token, onClose }: { token: Token; onClose: () => void }) {
  const revoke = useRevokeToken();
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Revoke ${token.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.form}>
        <p>The next request that uses it is refused. People and groups stay as they are.</p>
        {revoke.error && (
          <p role="alert" className={ui.bad}>
            {revoke.error.message}
          </p>
        )}
        <div className={classes.foot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            loading={revoke.isPending}
            onClick={() => revoke.mutate(token.id, { onSuccess: onClose })}
          >
            Revoke it
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Help() {
  return (
    <Panel title="Where to enter them">
      <dl className={cx(classes.body, classes.help)}>
        <dt>Okta</dt>
        <dd>
          Application, Provisioning, SCIM 2.0 with HTTP header: base URL and token. Switch on
          create, update, deactivate and push groups. The unique field is userName.
        </dd>
        <dt>Entra ID</dt>
        <dd>
          Enterprise application, Provisioning, Automatic: tenant URL and secret token. Map
          department, manager, jobTitle and employeeId. Everything else can stay as it is.
        </dd>
        <dt>JumpCloud</dt>
        <dd>
          SSO application, Identity management, SCIM 2.0: base URL and token key. Activate it, then
          attach the user groups that Rung should have.
        </dd>
      </dl>
    </Panel>
  );
}
