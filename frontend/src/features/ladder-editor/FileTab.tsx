import { Textarea } from '@mantine/core';
import { useRef } from 'react';
import { MergeView } from '../../components/autosave/MergeView';
import { useAutosave } from '../../components/autosave/useAutosave';
import { Chip, Panel, ui } from '../../components/ui';
import classes from './editor.module.css';
import { useRecorded } from './history';
import { type Draft, type Finding, saveSource } from './queries';

const shownFindings = 100;

/** The file itself. It is saved as it is typed, even with errors, which are listed beside it by line. */
export function FileTab({ draft }: { draft: Draft }) {
  const recorded = useRecorded(draft);
  const area = useRef<HTMLTextAreaElement>(null);
  const file = useAutosave<string>({
    draftKey: `draft:${draft.id}:source`,
    saved: { value: draft.source, version: draft.version },
    text: (value) => value,
    save: async (value, version) => {
      const next = await saveSource(draft.id, value, version);
      recorded('the file', next);
      return { value: next.source, version: next.version };
    },
    current: (current) => ({
      value: (current as Draft).source,
      version: (current as Draft).version,
    }),
  });
  const goTo = (line: number) => {
    const text = area.current;
    if (!text) return;
    const start =
      text.value
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
    const end = text.value.indexOf('\n', start);
    text.focus();
    text.setSelectionRange(start, end < 0 ? text.value.length : end);
    text.scrollTop = (line - 6) * 18;
  };
  return (
    <div className={classes.file}>
      <div>
        {file.theirs && (
          <MergeView
            about="The file of this draft"
            mine={{ text: file.value }}
            theirs={{ text: file.theirs.value }}
            onSave={({ text }) => file.resolve(text)}
          />
        )}
        <Textarea
          ref={area}
          label="Ladder file"
          description={
            draft.canEdit
              ? 'YAML. It is saved as you type, even with errors.'
              : 'YAML. It is read-only in this state.'
          }
          classNames={{ input: classes.source }}
          spellCheck={false}
          wrap="off"
          readOnly={!draft.canEdit}
          value={file.value}
          onChange={(event) => file.change(event.currentTarget.value)}
          onBlur={file.flush}
        />
        <p className={ui.small}>
          <a href="/api/v1/public/ladder.schema.json" className={ui.link}>
            JSON Schema{' '}
          </a>{' '}
          for editors that complete and check the file.
        </p>
      </div>
      <Findings findings={draft.findings} onOpen={goTo} />
    </div>
  );
}

function Findings({ findings, onOpen }: { findings: Finding[]; onOpen: (line: number) => void }) {
  return (
    <Panel title={findings.length === 0 ? 'Nothing to fix' : `${findings.length} to look at`}>
      <ol className={classes.findings} aria-label="What to fix">
        {findings.slice(0, shownFindings).map((finding) => (
          <li key={`${finding.pointer}:${finding.line}:${finding.message}`}>
            <button type="button" className={ui.link} onClick={() => onOpen(finding.line)}>
              Line {finding.line}
            </button>{' '}
            <Chip tone={finding.level === 'error' ? 'bad' : 'plain'}>{finding.level}</Chip>
            <div>{finding.message}</div>
            <div className={ui.second}>{finding.fix}</div>
          </li>
        ))}
      </ol>
      {findings.length > shownFindings && (
        <p className={classes.body}>and {findings.length - shownFindings} more</p>
      )}
    </Panel>
  );
}
