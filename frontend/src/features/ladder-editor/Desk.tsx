import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { laddersQuery } from '../../api/me';
import { dayWords } from '../../components/format';
import { PathLink } from '../../components/links';
import { QueryPart } from '../../components/page/states';
import table from '../../components/table/table.module.css';
import { cx, Panel, ui } from '../../components/ui';
import classes from './editor.module.css';
import { type DraftBrief, useConfigureLadder, useStartDraft } from './queries';
import { StandingUnits } from './StandingUnits';

/** The published ladders as their owners see them: the public link, who stands on them, and what comes next. */
export function Desk({ drafts }: { drafts: DraftBrief[] }) {
  const ladders = useQuery(laddersQuery);
  const start = useStartDraft();
  const configure = useConfigureLadder();
  const navigate = useNavigate();
  const begin = (slug: string) =>
    start.mutate(
      { slug },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/ladder-drafts/$id', params: { id }, search: { tab: undefined } }),
      },
    );
  const open = new Map(drafts.map((draft) => [draft.slug, draft.id]));
  return (
    <QueryPart query={ladders} what="The list of ladders">
      {({ items }) => (
        <Panel title="Published ladders">
          {(start.error ?? configure.error) && (
            <p role="alert" className={cx(ui.bad, classes.body)}>
              {(start.error ?? configure.error)?.message}
            </p>
          )}
          <div className={classes.wide}>
            <table className={cx(table.table, table.list)} aria-label="Published ladders">
              <thead>
                <tr>
                  <th scope="col">Ladder</th>
                  <th scope="col">Version</th>
                  <th scope="col">Units that stand on it</th>
                  <th scope="col">Public link</th>
                  <th scope="col" className={ui.right}>
                    Next
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ slug, name, version, effectiveFrom, public: shown, units }) => (
                  <tr key={slug}>
                    <th scope="row">
                      <PathLink path={`/ladders/${slug}`}>{name}</PathLink>
                    </th>
                    <td>
                      <PathLink path={`/ladders/${slug}/versions`}>{version}</PathLink>, since{' '}
                      {dayWords(effectiveFrom)}
                    </td>
                    <td>
                      <StandingUnits slug={slug} name={name} units={units} />
                    </td>
                    <td>
                      <Switch
                        aria-label={`Public link of ${name}`}
                        label={shown ? <a href={`/public/ladders/${slug}`}>On</a> : 'Off'}
                        checked={shown}
                        onChange={(event) =>
                          configure.mutate({ slug, public: event.currentTarget.checked })
                        }
                      />
                    </td>
                    <td className={ui.right}>
                      {open.has(slug) ? (
                        <PathLink path={`/ladder-drafts/${open.get(slug)}`}>Open draft</PathLink>
                      ) : (
                        <Button size="xs" onClick={() => begin(slug)}>
                          Start a draft
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Panel>
      )}
    </QueryPart>
  );
}
