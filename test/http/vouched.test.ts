import { expect, test } from 'vitest';
import { isVouchedFor } from '../../src/http/vouched.ts';
import { makeAuthority } from '../network/authority.ts';

const company = makeAuthority(['*.double.test']);
const other = makeAuthority(['*.double.test']);
const shown = { hostname: 'www.double.test', chain: [company.cert] };
const day = 86_400_000;

test('S46 what an authority has signed for this name and this time is vouched for', () => {
  expect(isVouchedFor(shown, [other.ca, company.ca], Date.now())).toBe(true);
  expect(isVouchedFor({ ...shown, chain: [company.cert, company.ca] }, [company.ca], Date.now())).toBe(true);
});

test.each([
  ['of another authority', shown, [other.ca], 0],
  ['of no authority', shown, [], 0],
  ['of an authority that it brings itself', { ...shown, chain: [company.cert, company.ca] }, [other.ca], 0],
  ['for another name', { ...shown, hostname: 'www.example.test' }, [company.ca], 0],
  ['that has expired', shown, [company.ca], 3 * day],
  ['that is not valid yet', shown, [company.ca], -day],
  ['signed by what is no authority', { ...shown, chain: [other.cert, company.cert] }, [company.ca], 0],
  ['that is none', { ...shown, chain: ['nothing'] }, [company.ca], 0],
  ['that is not shown', { ...shown, chain: [] }, [company.ca], 0],
  ['while the authority is garbled', shown, ['nothing'], 0],
])('a certificate %s is not', (_, what, authorities, later) => {
  expect(isVouchedFor(what, authorities, Date.now() + later)).toBe(false);
});
