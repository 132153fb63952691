import type { RowIssue } from './types';

export type FieldError = RowIssue & { pointer?: string; file?: string };

type ProblemBody = {
  status?: number;
  code?: string;
  title?: string;
  detail?: string;
  requestId?: string;
  errors?: FieldError[];
  current?: unknown;
};

/** An error that the API answers with. `code` is stable, `message` is for people. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly errors: FieldError[];
  readonly current: unknown;

  constructor(status: number, body: ProblemBody = {}) {
    super(body.detail ?? body.title ?? `The server answered ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.requestId = body.requestId;
    this.errors = body.errors ?? [];
    this.current = body.current;
  }
}

/** The request never reached the server. */
export class Unreachable extends Error {
  constructor() {
    super('There is no connection to the server');
    this.name = 'Unreachable';
  }
}

export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}
