import type { FieldError } from '../../../api/problem';

/** What is wrong with a field, or undefined. */
export type ErrorsOf = (...fields: string[]) => string | undefined;

/** One thing that is wrong, and where. */
export type Told = Pick<FieldError, 'pointer' | 'message' | 'fix'>;

/**
 * The errors of one part of the outline, such as `/modifiers/0`. Call it with the
 * names of fields; '' is the part itself.
 */
export function errorsAt(details: Told[], part: string): ErrorsOf {
  return (...fields) => {
    const told = details.filter(({ pointer }) =>
      fields.some((field) => isAt(pointer, part, field)),
    );
    return told.length === 0 ? undefined : told.map(sentence).join(' ');
  };
}

function isAt(pointer: string | undefined, part: string, field: string): boolean {
  if (field === '') return pointer === part;
  const path = `${part}/${field}`;
  return pointer === path || (pointer?.startsWith(`${path}/`) ?? false);
}

/** What is wrong and how to fix it. */
export function sentence({ message, fix }: Told): string {
  const words = message.charAt(0).toUpperCase() + message.slice(1);
  return fix ? `${words}: ${fix}.` : `${words}.`;
}
