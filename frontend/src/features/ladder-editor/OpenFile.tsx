import { Button, FileButton, Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isProblem } from '../../api/problem';
import { ui } from '../../components/ui';
import classes from './editor.module.css';
import { useStartDraft } from './queries';

/** Begins a draft from a ladder file. What is wrong with the file is told line by line. */
export function OpenFile() {
  const start = useStartDraft();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const open = async (file: File | null) => {
    if (!file) return;
    setName(file.name);
    start.mutate(
      { source: await file.text() },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/ladder-drafts/$id', params: { id }, search: { tab: undefined } }),
      },
    );
  };
  const errors = isProblem(start.error) ? start.error.errors : [];
  return (
    <>
      <FileButton accept=".yaml,.yml" onChange={(file) => void open(file)}>
        {(props) => (
          <Button {...props} loading={start.isPending}>
            Open a file
          </Button>
        )}
      </FileButton>
      <Modal
        opened={start.isError}
        onClose={() => start.reset()}
        title={`${name} was not opened`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <p role="alert" className={ui.bad}>
          {start.error?.message}
        </p>
        <ol className={classes.errors}>
          {errors.map(({ line, column, message, fix }) => (
            <li key={`${line}:${column}:${message}`}>
              Line {line}: {message}. <span className={ui.second}>{fix}</span>
            </li>
          ))}
        </ol>
      </Modal>
    </>
  );
}
