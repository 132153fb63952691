import { useQuery } from '@tanstack/react-query';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import { CorrectionList } from './CorrectionList';
import { correctionsQuery } from './queries';
import classes from './record.module.css';

/** What people in HR's scope say is wrong in their records, with open requests first. */
export default function CorrectionsPage() {
  const corrections = useQuery(correctionsQuery);
  return (
    <QueryPage query={corrections} title="Corrections" what="The list of corrections">
      {({ items }) => {
        const open = items.filter((one) => one.state === 'open');
        const answered = items.filter((one) => one.state !== 'open');
        return (
          <Page
            title="Corrections"
            subtitle="What people say is wrong in their records. Answer in writing. The answer stays beside the request."
          >
            {items.length === 0 ? (
              <Empty title="Nobody has asked for a correction">
                When somebody reports a mistake in their record, the request appears here.
              </Empty>
            ) : (
              <div className={classes.days}>
                <CorrectionList items={[...open, ...answered]} answers />
              </div>
            )}
          </Page>
        );
      }}
    </QueryPage>
  );
}
