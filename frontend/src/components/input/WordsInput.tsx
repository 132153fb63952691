import { Textarea, type TextareaProps } from '@mantine/core';
import classes from './field.module.css';

/** A field for people's words: larger than the interface around it, grows with the text. */
export function WordsInput(props: TextareaProps) {
  return <Textarea autosize minRows={4} classNames={{ input: classes.words }} {...props} />;
}
