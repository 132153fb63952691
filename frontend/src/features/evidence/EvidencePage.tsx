import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Evidence } from '../../api/types';
import { ReadBy } from '../../components/bar/ReadBy';
import { Page } from '../../components/page/Page';
import { Empty, NoMatch, QueryPart } from '../../components/page/states';
import { cx, Kbd, ui } from '../../components/ui';
import { useKeys } from '../../components/useKeys';
import { useOwnLadder } from '../ladder/useOwnLadder';
import { EvidenceForm } from './EvidenceForm';
import { EvidenceItem } from './EvidenceItem';
import classes from './evidence.module.css';
import { evidenceQuery } from './queries';

const route = getRouteApi('/evidence');

function useEvidenceSearch() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return { search, change };
}

export default function EvidencePage() {
  const { search, change } = useEvidenceSearch();
  const evidence = useInfiniteQuery(evidenceQuery(search));
  const openForm = () => change({ new: true, edit: undefined });
  const closeForm = () => change({ new: undefined, edit: undefined });
  useKeys({ n: openForm, Escape: closeForm });
  return (
    <Page
      title="Evidence"
      subtitle="What you did, kept all year, to attach to your assessments and packets."
      chips={<ReadBy resource="evidence" />}
      action={
        <Button
          variant={search.new ? 'default' : 'filled'}
          leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
          rightSection={<Kbd>N</Kbd>}
          onClick={openForm}
        >
          Log evidence
        </Button>
      }
    >
      {search.new && (
        <div className={classes.newPiece}>
          <EvidenceForm onDone={closeForm} onCancel={closeForm} />
        </div>
      )}
      <Filters />
      <QueryPart query={evidence} what="Your evidence">
        {({ pages }) => (
          <EvidenceList pieces={pages.flatMap((page) => page.items)} onNew={openForm} />
        )}
      </QueryPart>
      {evidence.hasNextPage && (
        <Button loading={evidence.isFetchingNextPage} onClick={() => void evidence.fetchNextPage()}>
          Show older
        </Button>
      )}
    </Page>
  );
}

function Filters() {
  const { search, change } = useEvidenceSearch();
  const competencies = useOwnLadder()?.competencies ?? [];
  return (
    <div className={classes.filters}>
      <TextInput
        type="search"
        aria-label="Search evidence"
        placeholder="Search evidence"
        leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
        defaultValue={search.q}
        onChange={(event) => change({ q: event.currentTarget.value || undefined })}
      />
      <div className={cx(ui.row, ui.wrap)}>
        {competencies.map(({ code, name }) => (
          <button
            key={code}
            type="button"
            className={ui.chip}
            data-tone={search.competency === code ? 'accent' : 'line'}
            aria-pressed={search.competency === code}
            onClick={() => change({ competency: search.competency === code ? undefined : code })}
          >
            {name}
          </button>
        ))}
      </div>
    </div>
  );
}

function EvidenceList({ pieces, onNew }: { pieces: Evidence[]; onNew: () => void }) {
  const { search, change } = useEvidenceSearch();
  if (pieces.length === 0 && (search.q || search.competency)) {
    return (
      <NoMatch
        title="Nothing matches"
        action={
          <Button onClick={() => change({ q: undefined, competency: undefined })}>Clear all</Button>
        }
      >
        Clear the search or the competency to see everything you logged.
      </NoMatch>
    );
  }
  if (pieces.length === 0) {
    return (
      <Empty
        title="No evidence yet"
        action={
          <Button variant="filled" onClick={onNew}>
            Log evidence
          </Button>
        }
      >
        Write down one thing that you finished this week. It takes half a minute.
      </Empty>
    );
  }
  return (
    <ul className={ui.panel}>
      {pieces.map((piece) => (
        <EvidenceItem
          key={piece.id}
          piece={piece}
          editing={search.edit === piece.id}
          onEdit={(open) => change({ edit: open ? piece.id : undefined, new: undefined })}
        />
      ))}
    </ul>
  );
}
