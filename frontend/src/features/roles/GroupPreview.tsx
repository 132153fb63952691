import { TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryPart } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { Chip, cx, Panel, ui } from '../../components/ui';
import { previewQuery, roleWords } from './queries';
import classes from './roles.module.css';

/** The roles that groups of the identity provider give, to try before anybody depends on them. */
export function GroupPreview() {
  const [groups, setGroups] = useState<string[]>([]);
  const preview = useQuery(previewQuery(groups));
  return (
    <Panel title="What groups give at sign-in">
      <QueryPart query={preview} what="The mapping">
        {(data) => (
          <div className={classes.body}>
            <TagsInput
              label="Try groups"
              description="Type somebody’s groups as the provider sends them. Press Enter after each."
              value={groups}
              onChange={setGroups}
            />
            {groups.length > 0 && (
              <p className={classes.result} aria-live="polite">
                Gives {data.roles.map((role) => roleWords[role] ?? role).join(', ')}.{' '}
                {data.nothing.length > 0 && (
                  <span className={ui.turn}>Not in the mapping: {data.nothing.join(', ')}.</span>
                )}
              </p>
            )}
            <table className={cx(table.table, table.reading, table.list)} aria-label="Mapping">
              <thead>
                <tr>
                  <th scope="col">Group</th>
                  <th scope="col">Role</th>
                  <th scope="col">Where</th>
                </tr>
              </thead>
              <tbody>
                {data.mapping.map((line) => (
                  <tr key={line.group}>
                    <th scope="row">{line.group}</th>
                    <td>
                      <Chip>{roleWords[line.role] ?? line.role}</Chip>
                    </td>
                    <td>{line.scope}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className={cx(ui.tiny, ui.muted)}>
              The mapping is part of the configuration (RUNG_OIDC_ROLES). It is applied at every
              sign-in, including removals.
            </p>
          </div>
        )}
      </QueryPart>
    </Panel>
  );
}
