import { expect, test } from 'vitest';
import { isNew, renamedOf } from './renames';

test('only levels with a new code are carried over', () => {
  expect(renamedOf({ IC4: 'E4', IC5: null })).toEqual([{ from: 'IC4', to: 'E4' }]);
  expect(renamedOf({})).toEqual([]);
});

test('a new code is offered to one level only', () => {
  const answers = { IC4: 'E4', IC5: null };
  const added = [{ code: 'E4' }, { code: 'E5' }];
  expect(added.filter(isNew(answers, 'IC5'))).toEqual([{ code: 'E5' }]);
  expect(added.filter(isNew(answers, 'IC4'))).toEqual(added);
});
