import { useQuery } from '@tanstack/react-query';
import { Page } from '../../components/page/Page';
import { Empty, QueryPage } from '../../components/page/states';
import { CorrectionList } from './CorrectionList';
import { correctionsQuery } from './queries';
import classes from './record.module.css';

/** What people of HR's scope say is wrong in their records; open ones first. */
export default function CorrectionsPage() {
  const corrections = useQuery(correctionsQuery);
  return (
    <QueryPage query={corrections} title="Corrections" what="The requests to correct">
      {({ items }) => {
        const open = items.filter((one) => one.state === 'open');
        const answered = items.filter((one) => one.state !== 'open');
        return (
          <Page
            title="Corrections"
            subtitle="What people say is wrong in their records. Answer with words; they read them."
          >
            {items.length === 0 ? (
              <Empty title="Nobody asked for a correction">
                When somebody finds a mistake in the own record, the request waits here.
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
