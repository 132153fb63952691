import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMe } from '../../api/me';
import { Page } from '../../components/page/Page';
import classes from './audit.module.css';
import { Evaluations } from './Evaluations';
import { Proof } from './Proof';
import { Trail } from './Trail';

const route = getRouteApi('/audit');

export default function AuditPage() {
  const { tab, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const { roles } = useMe();
  const reads = roles.includes('auditor');
  const open = tab ?? (reads ? 'trail' : 'evaluations');
  return (
    <Page
      title="Audit trail"
      crumbs={[{ label: 'Platform' }]}
      subtitle="Who did what, by id only. It never holds pay or what people wrote, and nobody can change it unnoticed."
    >
      <Tabs
        value={open}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            search: (now) => ({ ...now, tab: next as 'trail' | 'evaluations' | 'proof' }),
          })
        }
      >
        <Tabs.List className={classes.tabs}>
          {reads && <Tabs.Tab value="trail">What happened</Tabs.Tab>}
          <Tabs.Tab value="evaluations">Who read what</Tabs.Tab>
          {reads && <Tabs.Tab value="proof">Proof</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="trail">
          <Trail filter={filter} />
        </Tabs.Panel>
        <Tabs.Panel value="evaluations">
          <Evaluations />
        </Tabs.Panel>
        <Tabs.Panel value="proof">
          <Proof />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
