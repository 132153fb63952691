import { Button, FileButton, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isProblem } from '../../api/problem';
import { ui } from '../../components/ui';
import { ConvertTable } from './ConvertTable';
import classes from './editor.module.css';
import { type Conversion, useConvert, useStartDraft } from './queries';

const kinds = '.yaml,.yml,.csv,.tsv,.xlsx,.md,.markdown,.html,.htm';

const isLadderFile = (file: File) => /\.ya?ml$/i.test(file.name);

/** Starts a draft from a ladder file, or from tables or pages that become one. Errors are listed with their places. */
export function OpenFile() {
  const start = useStartDraft();
  const convert = useConvert();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Conversion>();
  const begin = (source: string) =>
    start.mutate(
      { source },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/ladder-drafts/$id', params: { id }, search: { tab: undefined } }),
      },
    );
  const close = () => {
    start.reset();
    convert.reset();
  };
  const read = (conversion: Conversion) => {
    setChosen(conversion);
    convert.mutate(conversion);
  };
  const open = async (files: File[]) => {
    const [first, ...more] = files;
    if (!first) return;
    close();
    if (isLadderFile(first) && more.length === 0) {
      setChosen({ files });
      begin(await first.text());
    } else {
      read({ files });
    }
  };
  const error = start.error ?? convert.error;
  const several = (chosen?.files.length ?? 0) > 1;
  const name = several ? `${chosen?.files.length} files` : (chosen?.files[0]?.name ?? '');
  return (
    <>
      <FileButton multiple accept={kinds} onChange={(files) => void open(files)}>
        {(props) => (
          <Button {...props} loading={start.isPending || convert.isPending}>
            Open files
          </Button>
        )}
      </FileButton>
      {error && (
        <Modal
          opened
          onClose={close}
          title={several ? `${name} were not opened` : `${name} was not opened`}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <p role="alert" className={ui.bad}>
            {error.message}
          </p>
          <ol className={classes.errors}>
            {(isProblem(error) ? error.errors : []).map(({ file, line, column, message, fix }) => (
              <li key={`${file}:${line}:${column}:${message}`}>
                {several && `${file}, `}Line {line}: {message}.{' '}
                <span className={ui.second}>{fix}</span>
              </li>
            ))}
          </ol>
          {convert.error && chosen && <ChooseLevels chosen={chosen} onRead={read} />}
        </Modal>
      )}
      {chosen && convert.data && !error && (
        <ConvertTable
          key={convert.submittedAt}
          name={name}
          read={convert.data}
          pending={convert.isPending}
          onRead={(mapping) => read({ ...chosen, mapping })}
          onLevels={(levels) => read({ ...chosen, levels, mapping: undefined })}
          onBegin={begin}
          onClose={close}
        />
      )}
    </>
  );
}

type ChooseProps = { chosen: Conversion; onRead: (conversion: Conversion) => void };

/** Says which headings are levels when Rung finds none. */
function ChooseLevels({ chosen, onRead }: ChooseProps) {
  const [text, setText] = useState(chosen.headings?.join(', ') ?? '');
  const headings = text
    .split(',')
    .map((heading) => heading.trim())
    .filter((heading) => heading !== '');
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onRead({ ...chosen, headings });
      }}
    >
      <TextInput
        label="Headings that are levels"
        description="As they are in the file, separated by commas"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" disabled={headings.length === 0}>
        Try with these
      </Button>
    </form>
  );
}
