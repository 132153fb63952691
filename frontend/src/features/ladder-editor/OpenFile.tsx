import { Button, FileButton, Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isProblem } from '../../api/problem';
import { ui } from '../../components/ui';
import { ConvertTable } from './ConvertTable';
import classes from './editor.module.css';
import { useConvert, useStartDraft } from './queries';

const kinds = '.yaml,.yml,.csv,.tsv,.xlsx,.md,.markdown,.html,.htm';

/** Starts a draft from a ladder file, or from a table or a page that becomes one. Errors are listed with their places. */
export function OpenFile() {
  const start = useStartDraft();
  const convert = useConvert();
  const navigate = useNavigate();
  const [file, setFile] = useState<File>();
  const begin = (source: string) =>
    start.mutate(
      { source },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/ladder-drafts/$id', params: { id }, search: { tab: undefined } }),
      },
    );
  const open = async (chosen: File | null) => {
    if (!chosen) return;
    setFile(chosen);
    start.reset();
    convert.reset();
    if (/\.ya?ml$/i.test(chosen.name)) begin(await chosen.text());
    else convert.mutate({ file: chosen });
  };
  const error = start.error ?? convert.error;
  const close = () => {
    start.reset();
    convert.reset();
  };
  return (
    <>
      <FileButton accept={kinds} onChange={(chosen) => void open(chosen)}>
        {(props) => (
          <Button {...props} loading={start.isPending || convert.isPending}>
            Open a file
          </Button>
        )}
      </FileButton>
      {error && (
        <Modal
          opened
          onClose={close}
          title={`${file?.name} was not opened`}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <p role="alert" className={ui.bad}>
            {error.message}
          </p>
          <ol className={classes.errors}>
            {(isProblem(error) ? error.errors : []).map(({ line, column, message, fix }) => (
              <li key={`${line}:${column}:${message}`}>
                Line {line}: {message}. <span className={ui.second}>{fix}</span>
              </li>
            ))}
          </ol>
        </Modal>
      )}
      {file && convert.data && !error && (
        <ConvertTable
          file={file}
          read={convert.data}
          pending={convert.isPending}
          onRead={(mapping) => convert.mutate({ file, mapping })}
          onBegin={begin}
          onClose={close}
        />
      )}
    </>
  );
}
