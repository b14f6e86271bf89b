import { expect, test } from 'vitest';
import {
  hasGrantedAllScopes,
  hasGrantedAnyScope,
  neededScopes,
  readScopes,
  scopesFor,
} from '../../src/main/auth/scopes.ts';
import { shelfContract } from '../services/shelf/contract.ts';

const mail = 'https://www.googleapis.com/auth/userinfo.email';
const [a, b] = ['https://www.googleapis.com/auth/a', 'https://www.googleapis.com/auth/b'];

test('what was granted is read in one spelling, whatever its order', () => {
  expect(readScopes(`openid  ${mail} ${b} ${a} email`)).toEqual(['email', a, b, 'openid'].sort());
  expect(readScopes('')).toEqual([]);
  expect(readScopes('toString constructor')).toEqual(['constructor', 'toString']);
});

test('all of several scopes, and any of them, are told apart', () => {
  const granted = readScopes(`openid ${mail} ${a}`);
  expect([hasGrantedAllScopes(granted, [a, b]), hasGrantedAnyScope(granted, [a, b])]).toEqual([false, true]);
  expect([hasGrantedAllScopes(granted, [a, 'email']), hasGrantedAnyScope(granted, [b])]).toEqual([true, false]);
  expect([hasGrantedAllScopes([], [a]), hasGrantedAnyScope([], [a])]).toEqual([false, false]);
});

test('a request carries identity and the union of all that is wanted, each once', () => {
  const books = shelfContract('Books');
  const services = { books, more: { ...books, scopes: [...books.scopes, b] } };
  expect(scopesFor(services, ['books', 'more', 'unknown'])).toEqual(['openid', 'email', 'profile', ...books.scopes, b]);
  expect(scopesFor(services, [])).toEqual(['openid', 'email', 'profile']);
  // What gives more of a service is asked for, and nothing stands still without it.
  const generous = { books: { ...books, moreScopes: [b] } };
  expect(scopesFor(generous, ['books'])).toEqual(['openid', 'email', 'profile', ...books.scopes, b]);
  expect(neededScopes(generous, ['books'])).toEqual(['openid', 'email', 'profile', ...books.scopes]);
});
